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

SET default_tablespace = '';

SET default_table_access_method = heap;

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
    thumbnail_data bytea,
    thumbnail_mime_type text,
    image_data bytea,
    image_mime_type text,
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
-- Data for Name: game_sessions; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.game_sessions VALUES ('3acc9278-3ee1-4d8a-97a1-9cfddb3c16fe', 42, 5, 7, NULL, 'both', NULL, NULL, NULL, '2026-11-30 07:56:14.887423+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.887423+00', '2026-11-30 07:56:14.887423+00', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 'image/png', '\x474946383961010001008000000200000000002c00000000010001000002024401003b', 'image/gif');
INSERT INTO public.game_sessions VALUES ('22edb0c7-81ac-49fe-b7af-1117288c9516', 42, 5, 7, NULL, 'same picture twice', NULL, NULL, NULL, '2026-11-30 07:56:14.889787+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.889787+00', '2026-11-30 07:56:14.889787+00', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 'image/png', '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 'image/png');
INSERT INTO public.game_sessions VALUES ('98f8d90e-ab12-42eb-9391-1baea3d71fbf', 42, 5, 7, NULL, 'same bytes, other type', NULL, NULL, NULL, '2026-11-30 07:56:14.891598+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.891598+00', '2026-11-30 07:56:14.891598+00', NULL, NULL, '\x89504e470d0a1a0a0000000d494844520000000200000002080000000057dd52f800000011494441547801010600f9ff00010000009700a20099f82c54730000000049454e44ae426082', 'image/jpeg');
INSERT INTO public.game_sessions VALUES ('323aa1dc-fb39-41ba-ae04-3f75f9f0247b', 42, 5, 7, NULL, 'banner', NULL, NULL, NULL, '2026-11-30 07:56:14.892955+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.892955+00', '2026-11-30 07:56:14.892955+00', NULL, NULL, '\x5249464614000000574542505650384c080000002f04000000888808', 'image/webp');
INSERT INTO public.game_sessions VALUES ('e2ec5711-7672-4a18-9be3-56e7d552e078', 42, 5, 7, NULL, 'thumbnail', NULL, NULL, NULL, '2026-11-30 07:56:14.895353+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.895353+00', '2026-11-30 07:56:14.895353+00', '\xffd8ffe000104a46494600010200000100010000ffdb00430006010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101ffc0000b080008000801011100ffc40026000100000000000000000000000000000000100100000000000000000000000000000000ffda0008010100003f003fffd9', 'image/jpeg', NULL, NULL);
INSERT INTO public.game_sessions VALUES ('36c6fc39-d871-4a29-875a-af906241cc46', 42, 5, 7, NULL, 'none', NULL, NULL, NULL, '2026-11-30 07:56:14.89605+00', NULL, NULL, 'scheduled', '2026-11-30 07:56:14.89605+00', '2026-11-30 07:56:14.89605+00', NULL, NULL, NULL, NULL);


--
-- Data for Name: schema_history; Type: TABLE DATA; Schema: public; Owner: gameimages_owner
--

INSERT INTO public.schema_history VALUES ('20260207000100_InitialSchema', '10.0.14');


--
-- Name: schema_history PK_schema_history; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.schema_history
    ADD CONSTRAINT "PK_schema_history" PRIMARY KEY ("MigrationId");


--
-- Name: game_sessions game_sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: gameimages_owner
--

ALTER TABLE ONLY public.game_sessions
    ADD CONSTRAINT game_sessions_pkey PRIMARY KEY (id);


--
-- Name: game_sessions_guild_id_scheduled_at_id_idx; Type: INDEX; Schema: public; Owner: gameimages_owner
--

CREATE INDEX game_sessions_guild_id_scheduled_at_id_idx ON public.game_sessions USING btree (guild_id, scheduled_at DESC, id DESC);


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
-- PostgreSQL database dump complete
--


