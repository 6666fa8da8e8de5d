--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: blocked_hash_lock(bytea); Type: FUNCTION; Schema: public; Owner: gameimages_owner
--

CREATE FUNCTION public.blocked_hash_lock(content_hash bytea) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    RETURN hashtextextended(encode(content_hash, 'hex'::text), (0)::bigint);


ALTER FUNCTION public.blocked_hash_lock(content_hash bytea) OWNER TO gameimages_owner;

--
-- Name: refuse_blocked_image(); Type: FUNCTION; Schema: public; Owner: gameimages_owner
--

CREATE FUNCTION public.refuse_blocked_image() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    -- Whoever blocks this hash takes the lock alone: either it is waited for and its block seen here, or it waits and sees this row.
    PERFORM pg_advisory_xact_lock_shared(blocked_hash_lock(NEW.content_hash));

    IF EXISTS (SELECT FROM blocked_hashes WHERE content_hash = NEW.content_hash) THEN
        RAISE EXCEPTION 'The picture % is blocked', encode(NEW.content_hash, 'hex') USING ERRCODE = 'GI451';
    END IF;

    RETURN NEW;
END
$$;


ALTER FUNCTION public.refuse_blocked_image() OWNER TO gameimages_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: blocked_hashes; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.blocked_hashes (
    content_hash bytea NOT NULL,
    reason text,
    blocked_by text DEFAULT SESSION_USER NOT NULL,
    blocked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT blocked_hashes_content_hash_check CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT blocked_hashes_reason_check CHECK ((char_length(reason) <= 1000))
);


ALTER TABLE public.blocked_hashes OWNER TO gameimages_owner;

--
-- Name: TABLE blocked_hashes; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON TABLE public.blocked_hashes IS 'Pictures that are never stored again, by the SHA-256 of their bytes.';


--
-- Name: game_images; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.game_images (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    content_hash bytea NOT NULL,
    mime_type text NOT NULL,
    image_data bytea NOT NULL,
    byte_length integer NOT NULL,
    width integer,
    height integer,
    reference_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    quarantined_at timestamp with time zone,
    CONSTRAINT game_images_check CHECK ((byte_length = octet_length(image_data))),
    CONSTRAINT game_images_content_hash_check CHECK ((octet_length(content_hash) = 32)),
    CONSTRAINT game_images_height_check CHECK ((height > 0)),
    CONSTRAINT game_images_mime_type_check CHECK ((mime_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/gif'::text, 'image/webp'::text]))),
    CONSTRAINT game_images_reference_count_check CHECK ((reference_count >= 0)),
    CONSTRAINT game_images_width_check CHECK ((width > 0))
);
ALTER TABLE ONLY public.game_images ALTER COLUMN image_data SET STORAGE EXTERNAL;


ALTER TABLE public.game_images OWNER TO gameimages_owner;

--
-- Name: COLUMN game_images.width; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.game_images.width IS 'In pixels; null for a picture of version 1 whose header states no size.';


--
-- Name: COLUMN game_images.quarantined_at; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.game_images.quarantined_at IS 'Since then the bytes are known to differ from their hash, and are not served.';


--
-- Name: game_sessions; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.game_sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    guild_id bigint NOT NULL,
    channel_id bigint NOT NULL,
    host_id bigint NOT NULL,
    host_name text,
    title text NOT NULL,
    description text,
    signup_instructions text,
    location text,
    scheduled_at timestamp with time zone NOT NULL,
    expected_duration_minutes integer,
    max_players integer,
    status text DEFAULT 'scheduled'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    thumbnail_id uuid,
    banner_image_id uuid,
    CONSTRAINT game_sessions_channel_id_check CHECK ((channel_id > 0)),
    CONSTRAINT game_sessions_description_check CHECK ((char_length(description) <= 2000)),
    CONSTRAINT game_sessions_expected_duration_minutes_check CHECK ((expected_duration_minutes >= 1)),
    CONSTRAINT game_sessions_guild_id_check CHECK ((guild_id > 0)),
    CONSTRAINT game_sessions_host_id_check CHECK ((host_id > 0)),
    CONSTRAINT game_sessions_host_name_check CHECK ((char_length(host_name) <= 100)),
    CONSTRAINT game_sessions_location_check CHECK ((char_length(location) <= 500)),
    CONSTRAINT game_sessions_max_players_check CHECK (((max_players >= 1) AND (max_players <= 100))),
    CONSTRAINT game_sessions_scheduled_at_check CHECK (((scheduled_at >= '1970-01-01 00:00:00+00'::timestamp with time zone) AND (scheduled_at < '9999-01-01 00:00:00+00'::timestamp with time zone))),
    CONSTRAINT game_sessions_signup_instructions_check CHECK ((char_length(signup_instructions) <= 1000)),
    CONSTRAINT game_sessions_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text]))),
    CONSTRAINT game_sessions_title_check CHECK (((char_length(title) <= 200) AND (title ~ '[^[:space:]]'::text)))
);

ALTER TABLE ONLY public.game_sessions FORCE ROW LEVEL SECURITY;


ALTER TABLE public.game_sessions OWNER TO gameimages_owner;

--
-- Name: schema_history; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.schema_history (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL
);


ALTER TABLE public.schema_history OWNER TO gameimages_owner;

--
-- Name: TABLE schema_history; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON TABLE public.schema_history IS 'oldest compatible version: 4';


--
-- Data for Name: blocked_hashes; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.blocked_hashes VALUES ('\x6973dddd3ef9cb6a2932702f31777faad9c9bf3124d147a84f31aadb6d139546', 'ticket 4711', 'postgres', '2026-11-30 07:56:18.062823+00');


--
-- Data for Name: game_images; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.game_images VALUES ('89c817e3-7b39-4c55-a27e-0f7d028a23b7', '\xd5f4842a65017e469baf6daaa2958dda55e89aff9b26c20acc262ef3e7f13667', 'image/png', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 74, 2, 2, 3, '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.004803+00', NULL);
INSERT INTO public.game_images VALUES ('dcfe867e-373b-43e6-bcd7-15e4f944a53e', '\xadba6e5fb485c6f6b19179c19090e64e2ddea260a36dbf427b31a978bd6a2902', 'image/gif', '\x474946383961010001008000000200000000002c00000000010001000002024401003b', 35, 1, 1, 1, '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.004803+00', NULL);
INSERT INTO public.game_images VALUES ('75d59723-5c3e-469b-a92a-de41ab192e92', '\xd5f4842a65017e469baf6daaa2958dda55e89aff9b26c20acc262ef3e7f13667', 'image/jpeg', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 74, 2, 2, 1, '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.004803+00', NULL);
INSERT INTO public.game_images VALUES ('81aacdd8-b2eb-44f3-b730-5b68d0d399b0', '\xa87570b966d24edbbcbfffa397067034ea867a1103c960c77d0734d033f2b9d4', 'image/jpeg', '\xffd8ffe000104a46494600010200000100010000ffdb00430006010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101ffc0000b080008000801011100ffc40026000100000000000000000000000000000000100100000000000000000000000000000000ffda0008010100003f003fffd9', 155, 8, 8, 1, '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.004803+00', NULL);
INSERT INTO public.game_images VALUES ('d56582a9-661e-4f59-9565-f4abdfdc43fc', '\xacda841c4ea5e9e132a89d52a16d8b79067884583e0b5ebfdc65fd0d3c6baf91', 'image/webp', '\x5249464614000000574542505650384c080000002f04000000888808', 28, 5, 1, 1, '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.004803+00', '2026-11-30 07:56:18.062823+00');


--
-- Data for Name: game_sessions; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.game_sessions VALUES ('0cad349c-d213-4d1e-b8f4-f1a2bb2ee071', 42, 5, 7, NULL, 'none', NULL, NULL, NULL, '2026-11-30 07:56:17.927675+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.927675+00', '2026-11-30 07:56:17.927675+00', NULL, NULL);
INSERT INTO public.game_sessions VALUES ('7be40482-110b-4238-9f78-8f89de0bd2d8', 42, 5, 7, NULL, 'both', NULL, NULL, NULL, '2026-11-30 07:56:17.906613+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.906613+00', '2026-11-30 07:56:17.906613+00', '89c817e3-7b39-4c55-a27e-0f7d028a23b7', 'dcfe867e-373b-43e6-bcd7-15e4f944a53e');
INSERT INTO public.game_sessions VALUES ('a6a50be7-287d-45ab-b5c1-0345d46e452e', 42, 5, 7, NULL, 'same picture twice', NULL, NULL, NULL, '2026-11-30 07:56:17.924821+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.924821+00', '2026-11-30 07:56:17.924821+00', '89c817e3-7b39-4c55-a27e-0f7d028a23b7', '89c817e3-7b39-4c55-a27e-0f7d028a23b7');
INSERT INTO public.game_sessions VALUES ('fb2bf71f-610a-4359-b720-1f183aab3a5e', 42, 5, 7, NULL, 'same bytes, other type', NULL, NULL, NULL, '2026-11-30 07:56:17.926586+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.926586+00', '2026-11-30 07:56:17.926586+00', NULL, '75d59723-5c3e-469b-a92a-de41ab192e92');
INSERT INTO public.game_sessions VALUES ('454d9379-b0b7-41d5-a58e-56f4b4fd8d51', 42, 5, 7, NULL, 'banner', NULL, NULL, NULL, '2026-11-30 07:56:17.927053+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.927053+00', '2026-11-30 07:56:17.927053+00', NULL, 'd56582a9-661e-4f59-9565-f4abdfdc43fc');
INSERT INTO public.game_sessions VALUES ('3d05432e-b505-4f0f-87a1-67f80d5c9df7', 42, 5, 7, NULL, 'thumbnail', NULL, NULL, NULL, '2026-11-30 07:56:17.927386+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:17.927386+00', '2026-11-30 07:56:17.927386+00', '81aacdd8-b2eb-44f3-b730-5b68d0d399b0', NULL);


--
-- Data for Name: schema_history; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.schema_history VALUES ('20260207000100_InitialSchema', '10.0.14');
INSERT INTO public.schema_history VALUES ('20260207000200_MigrateImagesToSeparateTable', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000300_LeastPrivilege', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000400_BlockAndQuarantine', '10.0.14');


--
-- Name: schema_history PK_schema_history; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.schema_history
    ADD CONSTRAINT "PK_schema_history" PRIMARY KEY ("MigrationId");


--
-- Name: blocked_hashes blocked_hashes_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.blocked_hashes
    ADD CONSTRAINT blocked_hashes_pkey PRIMARY KEY (content_hash);


--
-- Name: game_images game_images_content_hash_mime_type_key; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_images
    ADD CONSTRAINT game_images_content_hash_mime_type_key UNIQUE (content_hash, mime_type);


--
-- Name: game_images game_images_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_images
    ADD CONSTRAINT game_images_pkey PRIMARY KEY (id);


--
-- Name: game_sessions game_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_sessions
    ADD CONSTRAINT game_sessions_pkey PRIMARY KEY (id);


--
-- Name: game_sessions_banner_image_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_banner_image_id_idx ON public.game_sessions USING btree (banner_image_id);


--
-- Name: game_sessions_guild_id_scheduled_at_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_guild_id_scheduled_at_id_idx ON public.game_sessions USING btree (guild_id, scheduled_at DESC, id DESC);


--
-- Name: game_sessions_thumbnail_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_thumbnail_id_idx ON public.game_sessions USING btree (thumbnail_id);


--
-- Name: game_images refuse_blocked_image; Type: TRIGGER; Schema: public; Owner: gameimages_owner
--

CREATE TRIGGER refuse_blocked_image BEFORE INSERT ON public.game_images FOR EACH ROW EXECUTE FUNCTION public.refuse_blocked_image();


--
-- Name: game_sessions game_sessions_banner_image_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_sessions
    ADD CONSTRAINT game_sessions_banner_image_id_fkey FOREIGN KEY (banner_image_id) REFERENCES public.game_images(id) ON DELETE SET NULL;


--
-- Name: game_sessions game_sessions_thumbnail_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_sessions
    ADD CONSTRAINT game_sessions_thumbnail_id_fkey FOREIGN KEY (thumbnail_id) REFERENCES public.game_images(id) ON DELETE SET NULL;


--
-- Name: game_sessions; Type: ROW SECURITY; Schema: public; Owner: gameimages_owner
--

ALTER TABLE public.game_sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: game_sessions members_of_the_guild; Type: POLICY; Schema: public; Owner: gameimages_owner
--

CREATE POLICY members_of_the_guild ON public.game_sessions USING ((guild_id = ANY ((string_to_array(NULLIF(current_setting('app.current_guild_ids'::text, true), ''::text), ','::text))::bigint[])));


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO gameimages_app;
GRANT USAGE ON SCHEMA public TO gameimages_public;
GRANT USAGE ON SCHEMA public TO gameimages_bot;


--
-- Name: FUNCTION lo_creat(integer); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_creat(integer) FROM PUBLIC;


--
-- Name: FUNCTION lo_create(oid); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_create(oid) FROM PUBLIC;


--
-- Name: FUNCTION lo_from_bytea(oid, bytea); Type: ACL; Schema: pg_catalog; Owner: postgres
--

REVOKE ALL ON FUNCTION pg_catalog.lo_from_bytea(oid, bytea) FROM PUBLIC;


--
-- Name: FUNCTION blocked_hash_lock(content_hash bytea); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.blocked_hash_lock(content_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.blocked_hash_lock(content_hash bytea) TO gameimages_app;


--
-- Name: FUNCTION refuse_blocked_image(); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.refuse_blocked_image() FROM PUBLIC;


--
-- Name: COLUMN blocked_hashes.content_hash; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(content_hash) ON TABLE public.blocked_hashes TO gameimages_app;


--
-- Name: TABLE game_images; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.game_images TO gameimages_app;


--
-- Name: COLUMN game_images.id; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(id) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.content_hash; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(content_hash) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.mime_type; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(mime_type) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.image_data; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(image_data) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.byte_length; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(byte_length) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.created_at; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(created_at) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.quarantined_at; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(quarantined_at) ON TABLE public.game_images TO gameimages_public;


--
-- Name: TABLE game_sessions; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.game_sessions TO gameimages_app;


--
-- Name: TABLE schema_history; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT ON TABLE public.schema_history TO gameimages_app;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: gameimages_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE gameimages_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--


