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
-- Name: add_to_outbox(); Type: FUNCTION; Schema: public; Owner: gameimages_owner
--

CREATE FUNCTION public.add_to_outbox() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO outbox (game_id, channel_id) VALUES (OLD.id, OLD.channel_id);
    ELSE
        INSERT INTO outbox (game_id, channel_id) VALUES (NEW.id, NEW.channel_id);
    END IF;

    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END
$$;


ALTER FUNCTION public.add_to_outbox() OWNER TO gameimages_owner;

--
-- Name: blocked_hash_lock(bytea); Type: FUNCTION; Schema: public; Owner: gameimages_owner
--

CREATE FUNCTION public.blocked_hash_lock(content_hash bytea) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    RETURN hashtextextended(encode(content_hash, 'hex'::text), (0)::bigint);


ALTER FUNCTION public.blocked_hash_lock(content_hash bytea) OWNER TO gameimages_owner;

--
-- Name: notify_image_change(); Type: FUNCTION; Schema: public; Owner: gameimages_owner
--

CREATE FUNCTION public.notify_image_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_notify('game_images', '');
    ELSE
        PERFORM pg_notify('game_images', OLD.id::text);
    END IF;

    RETURN NULL;
END
$$;


ALTER FUNCTION public.notify_image_change() OWNER TO gameimages_owner;

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
-- Name: announcements; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.announcements (
    game_id uuid NOT NULL,
    channel_id bigint,
    message_id bigint,
    posting_channel_id bigint,
    posts integer DEFAULT 0 NOT NULL,
    picture_failures integer DEFAULT 0 NOT NULL,
    is_left_alone boolean DEFAULT false NOT NULL,
    CONSTRAINT announcements_check CHECK (((channel_id IS NULL) = (message_id IS NULL))),
    CONSTRAINT announcements_picture_failures_check CHECK ((picture_failures >= 0)),
    CONSTRAINT announcements_posts_check CHECK ((posts >= 0))
);


ALTER TABLE public.announcements OWNER TO gameimages_owner;

--
-- Name: TABLE announcements; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON TABLE public.announcements IS 'The message of each announced game.';


--
-- Name: COLUMN announcements.posting_channel_id; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.announcements.posting_channel_id IS 'A message may have been posted there of which nobody has heard.';


--
-- Name: COLUMN announcements.posts; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.announcements.posts IS 'How many messages were posted; the nonce of the next one has it.';


--
-- Name: COLUMN announcements.is_left_alone; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.announcements.is_left_alone IS 'Somebody else deleted the message, and it is not to be posted anew.';


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
-- Name: outbox; Type: TABLE; Schema: public; Owner: gameimages_owner
--

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    game_id uuid NOT NULL,
    channel_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    parked_at timestamp with time zone,
    reason text,
    CONSTRAINT outbox_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT outbox_reason_check CHECK ((char_length(reason) <= 1000))
);


ALTER TABLE public.outbox OWNER TO gameimages_owner;

--
-- Name: TABLE outbox; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON TABLE public.outbox IS 'Changes of games that are not announced yet.';


--
-- Name: COLUMN outbox.parked_at; Type: COMMENT; Schema: public; Owner: gameimages_owner
--

COMMENT ON COLUMN public.outbox.parked_at IS 'Since then nobody tries again, for the reason beside it.';


--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: gameimages_owner
--

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


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
-- Data for Name: announcements; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.announcements VALUES ('0fb1e556-5a19-41ae-8fad-15309235ad25', 5, 77, NULL, 1, 0, false);


--
-- Data for Name: blocked_hashes; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.blocked_hashes VALUES ('\x6973dddd3ef9cb6a2932702f31777faad9c9bf3124d147a84f31aadb6d139546', 'ticket 4711', 'postgres', '2026-11-30 07:56:21.100898+00');


--
-- Data for Name: game_images; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.game_images VALUES ('485fe3f5-8eb7-4d30-9791-07d54677c2db', '\xd5f4842a65017e469baf6daaa2958dda55e89aff9b26c20acc262ef3e7f13667', 'image/png', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 74, 2, 2, 3, '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:20.936746+00', NULL);
INSERT INTO public.game_images VALUES ('0a952735-c356-4fa4-948e-fc4b2012ab85', '\xadba6e5fb485c6f6b19179c19090e64e2ddea260a36dbf427b31a978bd6a2902', 'image/gif', '\x474946383961010001008000000200000000002c00000000010001000002024401003b', 35, 1, 1, 1, '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:20.936746+00', NULL);
INSERT INTO public.game_images VALUES ('cb0a4975-5b11-4570-adfa-f9e3afed7203', '\xd5f4842a65017e469baf6daaa2958dda55e89aff9b26c20acc262ef3e7f13667', 'image/jpeg', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 74, 2, 2, 1, '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:20.936746+00', NULL);
INSERT INTO public.game_images VALUES ('929c6340-8ce4-4f94-a02a-2d31a515ab83', '\xa87570b966d24edbbcbfffa397067034ea867a1103c960c77d0734d033f2b9d4', 'image/jpeg', '\xffd8ffe000104a46494600010200000100010000ffdb00430006010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101ffc0000b080008000801011100ffc40026000100000000000000000000000000000000100100000000000000000000000000000000ffda0008010100003f003fffd9', 155, 8, 8, 1, '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:20.936746+00', NULL);
INSERT INTO public.game_images VALUES ('0d331fec-4e3d-4676-850b-0002fc23d035', '\xacda841c4ea5e9e132a89d52a16d8b79067884583e0b5ebfdc65fd0d3c6baf91', 'image/webp', '\x5249464614000000574542505650384c080000002f04000000888808', 28, 5, 1, 1, '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:20.936746+00', '2026-11-30 07:56:21.100898+00');


--
-- Data for Name: game_sessions; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.game_sessions VALUES ('7b3f94c8-5e2c-4ce9-90d8-6185233597a7', 42, 5, 7, NULL, 'none', NULL, NULL, NULL, '2026-11-30 07:56:20.891877+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.891877+00', '2026-11-30 07:56:20.891877+00', NULL, NULL);
INSERT INTO public.game_sessions VALUES ('0fb1e556-5a19-41ae-8fad-15309235ad25', 42, 5, 7, NULL, 'both', NULL, NULL, NULL, '2026-11-30 07:56:20.880157+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.880157+00', '2026-11-30 07:56:20.880157+00', '485fe3f5-8eb7-4d30-9791-07d54677c2db', '0a952735-c356-4fa4-948e-fc4b2012ab85');
INSERT INTO public.game_sessions VALUES ('350261d4-7355-48c7-a878-c5325a2775fa', 42, 5, 7, NULL, 'same picture twice', NULL, NULL, NULL, '2026-11-30 07:56:20.883249+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.883249+00', '2026-11-30 07:56:20.883249+00', '485fe3f5-8eb7-4d30-9791-07d54677c2db', '485fe3f5-8eb7-4d30-9791-07d54677c2db');
INSERT INTO public.game_sessions VALUES ('bd946a1b-84a9-414a-9d90-093af26dd000', 42, 5, 7, NULL, 'same bytes, other type', NULL, NULL, NULL, '2026-11-30 07:56:20.884869+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.884869+00', '2026-11-30 07:56:20.884869+00', NULL, 'cb0a4975-5b11-4570-adfa-f9e3afed7203');
INSERT INTO public.game_sessions VALUES ('0ca7eb21-2912-4f34-9dcf-c21c2990d738', 42, 5, 7, NULL, 'banner', NULL, NULL, NULL, '2026-11-30 07:56:20.886508+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.886508+00', '2026-11-30 07:56:20.886508+00', NULL, '0d331fec-4e3d-4676-850b-0002fc23d035');
INSERT INTO public.game_sessions VALUES ('c7a7b0aa-8a86-4e09-b289-905ca39d6a93', 42, 5, 7, NULL, 'thumbnail', NULL, NULL, NULL, '2026-11-30 07:56:20.887929+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:20.887929+00', '2026-11-30 07:56:20.887929+00', '929c6340-8ce4-4f94-a02a-2d31a515ab83', NULL);


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES (2, 'c7a7b0aa-8a86-4e09-b289-905ca39d6a93', 5, '2026-11-30 07:56:21.10658+00', 0, '2026-11-30 07:56:21.10658+00', NULL, NULL);


--
-- Data for Name: schema_history; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.schema_history VALUES ('20260207000100_InitialSchema', '10.0.14');
INSERT INTO public.schema_history VALUES ('20260207000200_MigrateImagesToSeparateTable', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000300_LeastPrivilege', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000400_BlockAndQuarantine', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000500_NotifyImageChanges', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000600_KeysetPagination', '10.0.14');
INSERT INTO public.schema_history VALUES ('20261122000700_Outbox', '10.0.14');


--
-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: gameimages_owner
--

SELECT pg_catalog.setval('public.outbox_id_seq', 2, true);


--
-- Name: schema_history PK_schema_history; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.schema_history
    ADD CONSTRAINT "PK_schema_history" PRIMARY KEY ("MigrationId");


--
-- Name: announcements announcements_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_pkey PRIMARY KEY (game_id);


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
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: game_sessions_banner_image_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_banner_image_id_idx ON public.game_sessions USING btree (banner_image_id);


--
-- Name: game_sessions_guild_id_scheduled_at_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_guild_id_scheduled_at_id_idx ON public.game_sessions USING btree (guild_id, scheduled_at DESC, id DESC);


--
-- Name: game_sessions_guild_id_status_scheduled_at_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_guild_id_status_scheduled_at_id_idx ON public.game_sessions USING btree (guild_id, status, scheduled_at DESC, id DESC);


--
-- Name: game_sessions_thumbnail_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_thumbnail_id_idx ON public.game_sessions USING btree (thumbnail_id);


--
-- Name: outbox_due_at_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX outbox_due_at_id_idx ON public.outbox USING btree (due_at, id) WHERE (parked_at IS NULL);


--
-- Name: outbox_game_id_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX outbox_game_id_id_idx ON public.outbox USING btree (game_id, id);


--
-- Name: game_sessions add_change_to_outbox; Type: TRIGGER; Schema: public; Owner: gameimages_owner
--

CREATE TRIGGER add_change_to_outbox AFTER UPDATE ON public.game_sessions FOR EACH ROW WHEN ((((((((((((((old.channel_id IS DISTINCT FROM new.channel_id) OR (old.host_id IS DISTINCT FROM new.host_id)) OR (old.host_name IS DISTINCT FROM new.host_name)) OR (old.title IS DISTINCT FROM new.title)) OR (old.description IS DISTINCT FROM new.description)) OR (old.signup_instructions IS DISTINCT FROM new.signup_instructions)) OR (old.location IS DISTINCT FROM new.location)) OR (old.scheduled_at IS DISTINCT FROM new.scheduled_at)) OR (old.expected_duration_minutes IS DISTINCT FROM new.expected_duration_minutes)) OR (old.max_players IS DISTINCT FROM new.max_players)) OR (old.status IS DISTINCT FROM new.status)) OR (old.thumbnail_id IS DISTINCT FROM new.thumbnail_id)) OR (old.banner_image_id IS DISTINCT FROM new.banner_image_id))) EXECUTE FUNCTION public.add_to_outbox();


--
-- Name: game_sessions add_to_outbox; Type: TRIGGER; Schema: public; Owner: gameimages_owner
--

CREATE TRIGGER add_to_outbox AFTER INSERT OR DELETE ON public.game_sessions FOR EACH ROW EXECUTE FUNCTION public.add_to_outbox();


--
-- Name: game_images notify_image_change; Type: TRIGGER; Schema: public; Owner: gameimages_owner
--

CREATE TRIGGER notify_image_change AFTER DELETE OR UPDATE OF id, content_hash, mime_type, image_data, byte_length, created_at, quarantined_at ON public.game_images FOR EACH ROW EXECUTE FUNCTION public.notify_image_change();

ALTER TABLE public.game_images ENABLE ALWAYS TRIGGER notify_image_change;


--
-- Name: game_images notify_image_truncation; Type: TRIGGER; Schema: public; Owner: gameimages_owner
--

CREATE TRIGGER notify_image_truncation AFTER TRUNCATE ON public.game_images FOR EACH STATEMENT EXECUTE FUNCTION public.notify_image_change();

ALTER TABLE public.game_images ENABLE ALWAYS TRIGGER notify_image_truncation;


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
-- Name: game_sessions games_to_announce; Type: POLICY; Schema: public; Owner: gameimages_owner
--

CREATE POLICY games_to_announce ON public.game_sessions FOR SELECT TO gameimages_bot USING (true);


--
-- Name: game_sessions members_of_the_guild; Type: POLICY; Schema: public; Owner: gameimages_owner
--

CREATE POLICY members_of_the_guild ON public.game_sessions USING ((guild_id IN ( SELECT unnest((string_to_array(NULLIF(current_setting('app.current_guild_ids'::text, true), ''::text), ','::text))::bigint[]) AS unnest)));


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
-- Name: FUNCTION add_to_outbox(); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.add_to_outbox() FROM PUBLIC;


--
-- Name: FUNCTION blocked_hash_lock(content_hash bytea); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.blocked_hash_lock(content_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.blocked_hash_lock(content_hash bytea) TO gameimages_app;


--
-- Name: FUNCTION notify_image_change(); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.notify_image_change() FROM PUBLIC;


--
-- Name: FUNCTION refuse_blocked_image(); Type: ACL; Schema: public; Owner: gameimages_owner
--

REVOKE ALL ON FUNCTION public.refuse_blocked_image() FROM PUBLIC;


--
-- Name: TABLE announcements; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.announcements TO gameimages_bot;


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
GRANT SELECT(id) ON TABLE public.game_images TO gameimages_bot;


--
-- Name: COLUMN game_images.content_hash; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(content_hash) ON TABLE public.game_images TO gameimages_public;


--
-- Name: COLUMN game_images.mime_type; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(mime_type) ON TABLE public.game_images TO gameimages_public;
GRANT SELECT(mime_type) ON TABLE public.game_images TO gameimages_bot;


--
-- Name: COLUMN game_images.image_data; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT(image_data) ON TABLE public.game_images TO gameimages_public;
GRANT SELECT(image_data) ON TABLE public.game_images TO gameimages_bot;


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
GRANT SELECT(quarantined_at) ON TABLE public.game_images TO gameimages_bot;


--
-- Name: TABLE game_sessions; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.game_sessions TO gameimages_app;
GRANT SELECT ON TABLE public.game_sessions TO gameimages_bot;


--
-- Name: TABLE outbox; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT,DELETE ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.game_id; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT INSERT(game_id) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.channel_id; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT INSERT(channel_id) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.attempts; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT UPDATE(attempts) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.due_at; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT UPDATE(due_at) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.parked_at; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT UPDATE(parked_at) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: COLUMN outbox.reason; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT UPDATE(reason) ON TABLE public.outbox TO gameimages_bot;


--
-- Name: TABLE schema_history; Type: ACL; Schema: public; Owner: gameimages_owner
--

GRANT SELECT ON TABLE public.schema_history TO gameimages_app;
GRANT SELECT ON TABLE public.schema_history TO gameimages_bot;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: gameimages_owner
--

ALTER DEFAULT PRIVILEGES FOR ROLE gameimages_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--


