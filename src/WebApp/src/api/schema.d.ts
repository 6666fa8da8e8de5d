export interface paths {
    "/api/v1/guilds/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a guild uses of its quotas
         * @description Each image counts once, however many games show it.
         */
        get: operations["getGuildUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Read what a guild uses of its quotas (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headGuildUsage"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List images
         * @description Lists the caller's uploads and the images that the games of a guild show, in pages. The image that was used last comes first.
         *     There is another page if next_cursor is not null.
         */
        get: operations["listImages"];
        put?: never;
        /**
         * Upload an image
         * @description The body is the image and nothing else, or a form with one image. The upload holds the image until expires_at; games that show it
         *     keep it. Uploading the same image again renews it. Several games can show the image by its id.
         */
        post: operations["uploadImage"];
        delete?: never;
        options?: never;
        /**
         * List images (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headImages"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End an upload
         * @description The image is deleted, unless a game shows it or another upload holds it.
         */
        delete: operations["endUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/games": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List games
         * @description Lists the games of the caller's guilds in pages, the latest start first, without the bytes of their images. A page of a search may
         *     have fewer games than the limit, or none, although more pages follow. There is another page if next_cursor is not null.
         */
        get: operations["listGames"];
        put?: never;
        /**
         * Schedule a game
         * @description The guild has to be one of the caller's guilds. The caller is the host. A token with the claim may_host_for_others may name another
         *     host. A form may contain the images; they can also be set later.
         */
        post: operations["createGame"];
        delete?: never;
        options?: never;
        /**
         * List games (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headGames"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/games/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a game
         * @description The response is 404 if the caller is not a member of the game's guild.
         */
        get: operations["getGame"];
        put?: never;
        post?: never;
        /**
         * Delete a game
         * @description An image that no other game shows is deleted, too.
         */
        delete: operations["deleteGame"];
        options?: never;
        /**
         * Read a game (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headGame"];
        /**
         * Change a game
         * @description Fields that are absent do not change; null clears a field. The status moves from scheduled to in_progress or cancelled,
         *     and from in_progress to completed or cancelled. Without the claim may_host_for_others, the caller may become the host, but
         *     may not name another host or change the name of another host. A new host does not keep the name of the previous host.
         */
        patch: operations["updateGame"];
        trace?: never;
    };
    "/api/v1/games/{id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Clone a game
         * @description The copy has the status scheduled, the same details and the same images. The caller becomes the host of the copy. With a token
         *     that has the claim may_host_for_others, the copy keeps the host of the original.
         */
        post: operations["cloneGame"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/games/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the thumbnail
         * @description The body is the image and nothing else. The service reads the type from its bytes, not from the Content-Type.
         */
        put: operations["setThumbnail"];
        post?: never;
        /**
         * Remove the thumbnail
         * @description A game without a thumbnail does not change.
         */
        delete: operations["removeThumbnail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/games/{id}/banner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the banner
         * @description The body is the image and nothing else. The service reads the type from its bytes, not from the Content-Type.
         */
        put: operations["setBanner"];
        post?: never;
        /**
         * Remove the banner
         * @description A game without a banner does not change.
         */
        delete: operations["removeBanner"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch an image
         * @description Needs no credentials. Supports conditional requests and one range of bytes (RFC 9110).
         */
        get: operations["getImage"];
        put?: never;
        post?: never;
        delete?: never;
        /**
         * Request the allowed methods
         * @description Needs no credentials. Responds to the preflight request of a browser. The response is the same for every origin, even if there is no such image.
         */
        options: operations["imageOptions"];
        /**
         * Check an image
         * @description Needs no credentials. Responds with the headers of GET, without the bytes.
         */
        head: operations["headImage"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/images/{id}.{ext}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch an image
         * @description The same image under a name with the extension of its type. Discord animates a GIF only under such a name. Supports conditional requests and one range of bytes (RFC 9110).
         */
        get: operations["getImageWithExtension"];
        put?: never;
        post?: never;
        delete?: never;
        /**
         * Request the allowed methods
         * @description The same image under a name with the extension of its type. Discord animates a GIF only under such a name. Responds to the preflight request of a browser. The response is the same for every origin, even if there is no such image.
         */
        options: operations["imageOptionsWithExtension"];
        /**
         * Check an image
         * @description The same image under a name with the extension of its type. Discord animates a GIF only under such a name. Responds with the headers of GET, without the bytes.
         */
        head: operations["headImageWithExtension"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/images/{id}/{width}.webp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch an image
         * @description A smaller copy as WebP. The response is a redirect to the original if there is no such copy, or not yet. Supports conditional requests and one range of bytes (RFC 9110).
         */
        get: operations["getImageVariant"];
        put?: never;
        post?: never;
        delete?: never;
        /**
         * Request the allowed methods
         * @description A smaller copy as WebP. The response is a redirect to the original if there is no such copy, or not yet. Responds to the preflight request of a browser. The response is the same for every origin, even if there is no such image.
         */
        options: operations["imageOptionsVariant"];
        /**
         * Check an image
         * @description A smaller copy as WebP. The response is a redirect to the original if there is no such copy, or not yet. Responds with the headers of GET, without the bytes.
         */
        head: operations["headImageVariant"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How can users sign in?
         * @description Needs no credentials.
         */
        get: operations["getSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * How can users sign in? (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headSignInOptions"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in?
         * @description Requests the guilds from Discord if the last request is 15 minutes old.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Who is signed in? (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headSession"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch the caller's avatar
         * @description The service fetches the avatar from Discord.
         */
        get: operations["getAvatar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Fetch the caller's avatar (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headAvatar"];
        patch?: never;
        trace?: never;
    };
    "/api/v1/guilds/{id}/icon": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch the icon of a guild
         * @description The service fetches the icon from Discord. The response is 404 if the caller is not a member of the guild.
         */
        get: operations["getGuildIcon"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Fetch the icon of a guild (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headGuildIcon"];
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Succeeds while the process responds. It does not check the database.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Is the process alive? (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headLiveness"];
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the service ready?
         * @description Checks that the database responds and that its schema has the right version.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /**
         * Is the service ready? (headers only)
         * @description Responds with the status and the headers of GET, without the body.
         */
        head: operations["headReadiness"];
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Schedules a game in one of the caller's guilds, hosted by the caller unless a trusted client names another host. */
        CreateGame: {
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel in which the game is announced. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: null | string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: null | string;
            /** @description The title of the game. At least one character must be visible. */
            title: string;
            /** @description A description of the game. */
            description?: null | string;
            /** @description How players sign up. */
            signup_instructions?: null | string;
            /** @description Where the players meet. */
            location?: null | string;
            /**
             * Format: date-time
             * @description When the game starts (RFC 3339, with an offset). Responses are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: null | number;
            /**
             * Format: int32
             * @description The maximum number of players.
             */
            max_players?: null | number;
            /** @description What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one. */
            thumbnail_alt?: null | string;
            /** @description What the banner shows, for people who do not see it. A new banner does not keep the text of the old one. */
            banner_alt?: null | string;
            /**
             * Format: uuid
             * @description The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds.
             */
            thumbnail_id?: null | string;
            /**
             * Format: uuid
             * @description The id of the banner: an upload of the caller, or an image of a game of the caller's guilds.
             */
            banner_image_id?: null | string;
        };
        /** @description Schedules a game in one of the caller's guilds, hosted by the caller unless a trusted client names another host. In a form, an empty text means null. */
        CreateGameForm: {
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel in which the game is announced. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: string;
            /** @description The title of the game. At least one character must be visible. */
            title: string;
            /** @description A description of the game. */
            description?: string;
            /** @description How players sign up. */
            signup_instructions?: string;
            /** @description Where the players meet. */
            location?: string;
            /**
             * Format: date-time
             * @description When the game starts (RFC 3339, with an offset). Responses are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: number;
            /**
             * Format: int32
             * @description The maximum number of players.
             */
            max_players?: number;
            /** @description What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one. */
            thumbnail_alt?: string;
            /** @description What the banner shows, for people who do not see it. A new banner does not keep the text of the old one. */
            banner_alt?: string;
            /**
             * Format: uuid
             * @description The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds.
             */
            thumbnail_id?: string;
            /**
             * Format: uuid
             * @description The id of the banner: an upload of the caller, or an image of a game of the caller's guilds.
             */
            banner_image_id?: string;
            /**
             * Format: binary
             * @description The new thumbnail. PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.
             */
            thumbnail?: string;
            /**
             * Format: binary
             * @description The new banner. PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.
             */
            banner?: string;
        };
        /** @description A game as its guild sees it. It says where its images are, and never has their bytes. */
        Game: {
            /**
             * Format: uuid
             * @description The id of the game.
             */
            id: string;
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel in which the game is announced. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name: null | string;
            /** @description The title of the game. At least one character must be visible. */
            title: string;
            /** @description A description of the game. */
            description: null | string;
            /** @description How players sign up. */
            signup_instructions: null | string;
            /** @description Where the players meet. */
            location: null | string;
            /**
             * Format: date-time
             * @description When the game starts (RFC 3339, with an offset). Responses are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes: null | number;
            /**
             * Format: int32
             * @description The maximum number of players.
             */
            max_players: null | number;
            /**
             * @description The status of the game.
             * @enum {string}
             */
            status: "scheduled" | "in_progress" | "completed" | "cancelled";
            /**
             * Format: uuid
             * @description The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds.
             */
            thumbnail_id: null | string;
            /**
             * Format: uuid
             * @description The id of the banner: an upload of the caller, or an image of a game of the caller's guilds.
             */
            banner_image_id: null | string;
            thumbnail: null | components["schemas"]["ShownImage"];
            banner: null | components["schemas"]["ShownImage"];
            /** @description What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one. */
            thumbnail_alt: null | string;
            /** @description What the banner shows, for people who do not see it. A new banner does not keep the text of the old one. */
            banner_alt: null | string;
            /**
             * Format: date-time
             * @description When the game was created, UTC.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the game was last changed, UTC.
             */
            updated_at: string;
        };
        /** @description A page of the caller's games, in order. */
        GamePage: {
            items: components["schemas"]["Game"][];
            /** @description The cursor of the next page; null if there are no more pages. */
            next_cursor: null | string;
            /** @description The search stopped after 5000 games. Refine the text, or follow next_cursor to search on. */
            refine?: boolean;
        };
        /** @description What a guild uses of its quotas. */
        GuildUsage: {
            /** @description The guild. */
            guild_id: string;
            games: components["schemas"]["QuotaUse"];
            /** @description The images that its games show or that members hold for it. Each counts once. */
            images: components["schemas"]["QuotaUse"];
            /** @description The bytes of these images. */
            bytes: components["schemas"]["QuotaUse"];
        };
        /** @description The health of the service. */
        Health: {
            /** @enum {string} */
            status: "healthy" | "degraded" | "unhealthy";
            /** @description The result of the check, in words. */
            detail: null | string;
        };
        ImagePage: {
            items: components["schemas"]["LibraryImage"][];
            /** @description The cursor of the next page; null if there are no more pages. */
            next_cursor: null | string;
        };
        /** @description An image that a member has uploaded. */
        ImageUpload: {
            /**
             * Format: uuid
             * @description The id of the image.
             */
            id: string;
            /**
             * Format: int32
             * @description The width in pixels.
             */
            width: number;
            /**
             * Format: int32
             * @description The height in pixels.
             */
            height: number;
            /** @description The type of the image. */
            mime_type: string;
            /**
             * Format: int32
             * @description The length of the image in bytes.
             */
            byte_length: number;
            /**
             * Format: date-time
             * @description When the upload ends, UTC, unless it is renewed.
             */
            expires_at: string;
        };
        /** @description A smaller copy of an image, as WebP. */
        ImageVariant: {
            /**
             * Format: int32
             * @description The width in pixels.
             */
            width: number;
            /**
             * Format: int32
             * @description The height in pixels.
             */
            height: number;
            /**
             * Format: uri-reference
             * @description The path of the variant on this service.
             */
            url: string;
        };
        /** @description An image that the caller may show on a game. */
        LibraryImage: {
            /**
             * Format: uuid
             * @description The id of the image.
             */
            id: string;
            /** @description The type of the image. */
            mime_type: string;
            /**
             * Format: int32
             * @description The width at which the image is shown, in pixels.
             */
            width: null | number;
            /**
             * Format: int32
             * @description The height at which the image is shown, in pixels.
             */
            height: null | number;
            /**
             * Format: int32
             * @description The length of the image in bytes.
             */
            byte_length: number;
            /**
             * Format: date-time
             * @description When a game began to show the image, or the caller uploaded it, UTC.
             */
            used_at: string;
            /**
             * Format: int64
             * @description The number of games of the caller's guilds that show the image.
             */
            games: number;
            /**
             * Format: date-time
             * @description When the caller's upload ends, UTC; null if the caller has none.
             */
            expires_at: null | string;
            /**
             * Format: uri-reference
             * @description The path of the image on this service.
             */
            url: string;
            /**
             * Format: byte
             * @description A ThumbHash in Base64, from which a page draws a blurred preview; null until the service has computed it.
             */
            placeholder: null | string;
            variants: components["schemas"]["ImageVariant"][];
        };
        /** @description An error. */
        Problem: {
            /** @description The kind of the error. */
            title: string;
            /**
             * Format: int32
             * @description The status code of the response.
             */
            status: number;
            /** @description The reason of this error. */
            detail?: string;
            /**
             * @description Distinguishes errors with the same status that a page has to treat differently.
             * @enum {string}
             */
            code?: "csrf" | "session_ended";
            /**
             * @description The quota that the request would exceed.
             * @enum {string}
             */
            quota?: "guild_bytes" | "guild_images" | "guild_games" | "unused_uploads" | "upload_rate";
            /**
             * Format: int64
             * @description The limit of the quota.
             */
            limit?: number;
            /**
             * Format: int64
             * @description What was in use before the request.
             */
            use?: number;
            /** @description The id under which the operators find the reason of a failure in the log of the service. */
            trace_id?: string;
            /**
             * Format: uri-reference
             * @description The path of the request.
             */
            instance: string;
        };
        /** @description What a guild uses of a quota. */
        QuotaUse: {
            /**
             * Format: int64
             * @description What the guild uses.
             */
            use: number;
            /**
             * Format: int64
             * @description What the guild may use.
             */
            limit: number;
        };
        /** @description The session of the caller. */
        Session: {
            /** @description The caller. */
            user: {
                id: string;
                name: string;
                /** Format: uri-reference */
                avatar_url: null | string;
            };
            /** @description The caller's guilds, as Discord named them in the last 15 minutes. */
            guilds: {
                id: string;
                name: string;
                /** Format: uri-reference */
                icon_url: null | string;
            }[];
            /** @description The value of X-CSRF-Token in requests that change something. */
            csrf_token: string;
            /**
             * Format: date-time
             * @description When the session ends if it is not used, in UTC.
             */
            expires_at: string;
        };
        /** @description An image, with all that a page needs to show it at once and without a jump. */
        ShownImage: {
            /**
             * Format: uuid
             * @description The id of the image.
             */
            id: string;
            /**
             * Format: uri-reference
             * @description The path of the image on this service.
             */
            url: string;
            /**
             * Format: int32
             * @description The width at which the image is shown, in pixels.
             */
            width: null | number;
            /**
             * Format: int32
             * @description The height at which the image is shown, in pixels.
             */
            height: null | number;
            /** @description What the image shows, for people who do not see it; null if the game has no such text. */
            alt: null | string;
            /**
             * Format: byte
             * @description A ThumbHash in Base64, from which a page draws a blurred preview; null until the service has computed it.
             */
            placeholder: null | string;
            /** @description Smaller copies, the smallest first; none until the worker has made them. */
            variants: components["schemas"]["ImageVariant"][];
        };
        /** @description The ways to sign in. */
        SignInOptions: {
            /** @description Whether users can sign in with Discord, at /sign-in. */
            discord: boolean;
            /** @description Whether users can sign in as any user, at /sign-in/try-it. It is possible in Development only. */
            try_it: boolean;
        };
        /** @description Changes the fields that the request names. Null clears a field that may be empty. */
        UpdateGame: {
            /** @description The channel in which the game is announced. It has to belong to the game's guild. */
            channel_id?: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: null | string;
            /** @description The title of the game. At least one character must be visible. */
            title?: string;
            /** @description A description of the game. */
            description?: null | string;
            /** @description How players sign up. */
            signup_instructions?: null | string;
            /** @description Where the players meet. */
            location?: null | string;
            /**
             * Format: date-time
             * @description When the game starts (RFC 3339, with an offset). Responses are in UTC.
             */
            scheduled_at?: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: null | number;
            /**
             * Format: int32
             * @description The maximum number of players.
             */
            max_players?: null | number;
            /**
             * @description The status of the game.
             * @enum {string}
             */
            status?: "scheduled" | "in_progress" | "completed" | "cancelled";
            /** @description What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one. */
            thumbnail_alt?: null | string;
            /** @description What the banner shows, for people who do not see it. A new banner does not keep the text of the old one. */
            banner_alt?: null | string;
            /**
             * Format: uuid
             * @description The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds.
             */
            thumbnail_id?: null | string;
            /**
             * Format: uuid
             * @description The id of the banner: an upload of the caller, or an image of a game of the caller's guilds.
             */
            banner_image_id?: null | string;
            /**
             * @description Removes the thumbnail. It cannot be combined with a new one.
             * @default false
             */
            remove_thumbnail: boolean;
            /**
             * @description Removes the banner. It cannot be combined with a new one.
             * @default false
             */
            remove_banner: boolean;
        };
        /** @description Changes the fields that the request names. Null clears a field that may be empty. In a form, an empty text means null. */
        UpdateGameForm: {
            /** @description The channel in which the game is announced. It has to belong to the game's guild. */
            channel_id?: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: string;
            /** @description The title of the game. At least one character must be visible. */
            title?: string;
            /** @description A description of the game. */
            description?: string;
            /** @description How players sign up. */
            signup_instructions?: string;
            /** @description Where the players meet. */
            location?: string;
            /**
             * Format: date-time
             * @description When the game starts (RFC 3339, with an offset). Responses are in UTC.
             */
            scheduled_at?: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: number;
            /**
             * Format: int32
             * @description The maximum number of players.
             */
            max_players?: number;
            /**
             * @description The status of the game.
             * @enum {string}
             */
            status?: "scheduled" | "in_progress" | "completed" | "cancelled";
            /** @description What the thumbnail shows, for people who do not see it. A new thumbnail does not keep the text of the old one. */
            thumbnail_alt?: string;
            /** @description What the banner shows, for people who do not see it. A new banner does not keep the text of the old one. */
            banner_alt?: string;
            /**
             * Format: uuid
             * @description The id of the thumbnail: an upload of the caller, or an image of a game of the caller's guilds.
             */
            thumbnail_id?: string;
            /**
             * Format: uuid
             * @description The id of the banner: an upload of the caller, or an image of a game of the caller's guilds.
             */
            banner_image_id?: string;
            /**
             * @description Removes the thumbnail. It cannot be combined with a new one.
             * @default false
             */
            remove_thumbnail: boolean;
            /**
             * @description Removes the banner. It cannot be combined with a new one.
             * @default false
             */
            remove_banner: boolean;
            /**
             * Format: binary
             * @description The new thumbnail. PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.
             */
            thumbnail?: string;
            /**
             * Format: binary
             * @description The new banner. PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.
             */
            banner?: string;
        };
        /** @description The fields of an upload. In a form, an empty text means null. */
        UploadImageForm: {
            /** @description The guild whose quota counts the image. */
            guild_id?: string;
            /**
             * Format: binary
             * @description The image. PNG, JPEG, GIF or WebP. By default, at most 5 MiB, and 4096 pixels wide and high.
             */
            image: string;
        };
        /** @description The fields that are not valid, and the reasons. */
        ValidationProblem: {
            /** @description The kind of the error. */
            title: string;
            /**
             * Format: int32
             * @description The status code of the response.
             */
            status: number;
            /** @description The reason of this error. */
            detail?: string;
            /**
             * @description Distinguishes errors with the same status that a page has to treat differently.
             * @enum {string}
             */
            code?: "csrf" | "session_ended";
            /**
             * @description The quota that the request would exceed.
             * @enum {string}
             */
            quota?: "guild_bytes" | "guild_images" | "guild_games" | "unused_uploads" | "upload_rate";
            /**
             * Format: int64
             * @description The limit of the quota.
             */
            limit?: number;
            /**
             * Format: int64
             * @description What was in use before the request.
             */
            use?: number;
            /** @description The id under which the operators find the reason of a failure in the log of the service. */
            trace_id?: string;
            /**
             * Format: uri-reference
             * @description The path of the request.
             */
            instance: string;
            /** @description The reasons, by the name of the field. */
            errors: {
                [key: string]: string[];
            };
        };
    };
    responses: {
        /** @description The request is malformed (the response has no body if it is not valid HTTP), some fields are not valid, or a request with a session needs a valid X-CSRF-Token (code csrf). */
        BadRequest: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description The request has neither a valid bearer token nor a valid session (code session_ended). */
        Unauthorized: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "WWW-Authenticate": components["headers"]["Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller is not a member of the guild, or may not name this host. */
        Forbidden: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such game in the caller's guilds. */
        NotFound: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body did not arrive in time, or it was slow while others waited for memory. */
        RequestTimeout: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An earlier request with the same Idempotency-Key is in progress. */
        Conflict: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The game has none of the versions that If-Match names, or one that If-None-Match names. */
        PreconditionFailed: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An image or the text is too long, or the guild may not store more images (with the members quota, limit and use). */
        PayloadTooLarge: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The type of an image or of the body is not supported, or the body has a Content-Encoding. */
        UnsupportedMediaType: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Accept-Encoding": components["headers"]["AcceptEncoding"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description An image is empty, broken or too large, the channel belongs to another guild, the caller may not use an image, or the Idempotency-Key belongs to another request. */
        UnprocessableEntity: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description An image may not be stored, because the operators have blocked it. */
        UnavailableForLegalReasons: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller sent more requests than a window allows, or too many lists or searches at once. Without Retry-After: the guild may not have more games, or the caller more unused uploads. A quota has the members quota, limit and use. */
        TooManyRequests: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfterRate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed. */
        InternalServerError: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database is unavailable, a list took longer than 2 seconds, or too much is being uploaded at once. Nothing was changed, unless the detail says that a change may have been made. */
        ServiceUnavailable: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such image, or its type does not have this extension. */
        ImageNotFound: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The image does not have an entity tag that If-Match names. */
        ImagePreconditionFailed: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                ETag: components["headers"]["ImageETag"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The range begins after the end of the image. */
        ImageRangeNotSatisfiable: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Content-Range": components["headers"]["UnsatisfiedRange"];
                ETag: components["headers"]["ImageETag"];
                "Accept-Ranges": components["headers"]["AcceptRanges"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The client sent more requests than a window allows. */
        ImageTooManyRequests: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfterRate"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed. */
        ImageInternalServerError: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The database is unavailable. */
        ImageServiceUnavailable: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
                "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                "X-RateLimit-Limit": components["headers"]["RateLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateReset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request line is longer than 4 KiB. The response has no body. */
        UriTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description There are more than 64 headers, or they are longer than 16 KiB. The response has no body. */
        RequestHeaderFieldsTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The service does not know this version of HTTP. The response has no body. */
        HttpVersionNotSupported: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The headers are not UTF-8, or the request is not valid HTTP. In the second case, the response has no body. */
        MalformedRequest: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The method is not written in upper case, or the Transfer-Encoding is not chunked. */
        NotImplemented: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
        "If-Match": string;
        /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
        "If-None-Match": string;
        /** @description Respond with this range only. Example: bytes=0-65535. */
        Range: string;
        /** @description Makes the request safe to repeat for 24 hours: a repetition gets the response of the first request, and changes nothing. 1 to 255 visible ASCII characters, which the client chooses anew for each request. Example: 8e03978e-40d5-43dd-bc93-6894a57f9324. */
        "Idempotency-Key": string;
        /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
        "X-CSRF-Token": string;
        /** @description Respond with the whole image if its entity tag has changed. Example: "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
        "If-Range": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The version of the game, for If-Match and If-None-Match.
         * @example "x4WkcCz1Tq2Lw0bq9sYd3A.lGk3P9wq0fZ2mXc8R4tVbA"
         */
        GameETag: string;
        /**
         * @description Only the caller may cache the response, and has to revalidate it before each use.
         * @example private, no-cache
         */
        GameCacheControl: string;
        /**
         * @description The URL of the new game.
         * @example https://games.example.org/api/v1/games/6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60
         */
        Location: string;
        /**
         * @description The public URL of the image.
         * @example https://games.example.org/api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png
         */
        ImageLocation: string;
        /**
         * @description The path of the original.
         * @example /api/v1/public/images/3f2b9c1e-8d47-4a6b-9f10-5c2d7e8a9b01.png
         */
        OriginalLocation: string;
        /**
         * @description Present if the response is that of an earlier request with the same key.
         * @example true
         */
        Replayed: string;
        /**
         * @description Requires a bearer token, and says what is wrong with the token of the request.
         * @example Bearer error="invalid_token"
         */
        Authenticate: string;
        /**
         * @description Errors may not be cached.
         * @example no-store
         */
        NoStore: string;
        /**
         * @description The result may not be cached.
         * @example no-store, no-cache
         */
        NotKept: string;
        /**
         * @description The response may not be cached.
         * @example no-store
         */
        AnswerNotKept: string;
        /**
         * @description Only the caller may cache the image, for an hour.
         * @example private, max-age=3600
         */
        PictureCacheControl: string;
        /**
         * @description The number of seconds after which the client may try again.
         * @example 1
         */
        RetryAfter: string;
        /**
         * @description The number of seconds after which the client may try again. Absent for a quota.
         * @example 12
         */
        RetryAfterRate: string;
        /**
         * @description The SHA-256 of the image.
         * @example "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108"
         */
        ImageETag: string;
        /**
         * @description Every cache may store the image for an hour.
         * @example public, max-age=3600
         */
        ImageCacheControl: string;
        /**
         * @description The body has to be sent without this request's Content-Encoding.
         * @example identity
         */
        AcceptEncoding: string;
        /**
         * @description The client may request ranges of the image.
         * @example bytes
         */
        AcceptRanges: string;
        /**
         * @description The number of bytes of the body; for HEAD, of the body that GET would have.
         * @example 65536
         */
        ContentLength: string;
        /**
         * @description The range of the bytes, and the length of the image.
         * @example bytes 0-65535/200067
         */
        ContentRange: string;
        /**
         * @description The length of the image.
         * @example bytes *\/200067
         */
        UnsatisfiedRange: string;
        /**
         * @description Pages of every origin may read the response.
         * @example *
         */
        AllowOrigin: string;
        /**
         * @description The browser has to use the Content-Type.
         * @example nosniff
         */
        ContentTypeOptions: string;
        /**
         * @description The response cannot run scripts or load anything.
         * @example default-src 'none'; sandbox
         */
        ContentSecurityPolicy: string;
        /**
         * @description Pages of every origin may show the image.
         * @example cross-origin
         */
        ResourcePolicy: string;
        /**
         * @description The headers that scripts of other origins may read.
         * @example Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset
         */
        ExposeHeaders: string;
        /**
         * @description The number of requests that a window allows. It describes the window with the fewest requests left.
         * @example 60
         */
        RateLimit: string;
        /**
         * @description The number of requests that are left in this window.
         * @example 59
         */
        RateRemaining: string;
        /**
         * @description The number of seconds until the window allows more requests.
         * @example 60
         */
        RateReset: string;
        /**
         * @description The methods that are allowed for images.
         * @example GET, HEAD, OPTIONS
         */
        Allow: string;
        /**
         * @description The methods that pages may use.
         * @example GET, HEAD, OPTIONS
         */
        AllowMethods: string;
        /**
         * @description The headers that pages may send.
         * @example If-None-Match, If-Range, Range
         */
        AllowHeaders: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getGuildUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guild. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use and the limits. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuildUsage"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headGuildUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guild. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The use and the limits. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    listImages: {
        parameters: {
            query?: {
                /** @description The guild whose images are listed. Without it, only the caller's uploads are listed. */
                guild_id?: string;
                /** @description The maximum number of images in a page. */
                limit?: number;
                /** @description The next_cursor of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of images. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    uploadImage: {
        parameters: {
            query?: {
                /** @description The guild whose quota counts the image. */
                guild_id?: string;
            };
            header?: {
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
                /** @description Makes the request safe to repeat for 24 hours: a repetition gets the response of the first request, and changes nothing. 1 to 255 visible ASCII characters, which the client chooses anew for each request. Example: 8e03978e-40d5-43dd-bc93-6894a57f9324. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
                "image/gif": string;
                "image/webp": string;
                "multipart/form-data": components["schemas"]["UploadImageForm"];
            };
        };
        responses: {
            /** @description The image. */
            201: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    Location: components["headers"]["ImageLocation"];
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageUpload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headImages: {
        parameters: {
            query?: {
                /** @description The guild whose images are listed. Without it, only the caller's uploads are listed. */
                guild_id?: string;
                /** @description The maximum number of images in a page. */
                limit?: number;
                /** @description The next_cursor of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of images. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    endUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload has ended. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    listGames: {
        parameters: {
            query?: {
                /** @description The guild that the game belongs to. */
                guild_id?: string;
                /** @description The status of the game. */
                status?: "scheduled" | "in_progress" | "completed" | "cancelled";
                /** @description A part of the title, in any spelling that looks the same, and in upper or lower case. At least one character must be visible. Spaces around the text are ignored. */
                text?: string;
                /** @description The maximum number of games in a page. */
                limit?: number;
                /** @description The next_cursor of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of games. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GamePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    createGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
                /** @description Makes the request safe to repeat for 24 hours: a repetition gets the response of the first request, and changes nothing. 1 to 255 visible ASCII characters, which the client chooses anew for each request. Example: 8e03978e-40d5-43dd-bc93-6894a57f9324. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGame"];
                "multipart/form-data": components["schemas"]["CreateGameForm"];
            };
        };
        responses: {
            /** @description The new game. */
            201: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headGames: {
        parameters: {
            query?: {
                /** @description The guild that the game belongs to. */
                guild_id?: string;
                /** @description The status of the game. */
                status?: "scheduled" | "in_progress" | "completed" | "cancelled";
                /** @description A part of the title, in any spelling that looks the same, and in upper or lower case. At least one character must be visible. Spaces around the text are ignored. */
                text?: string;
                /** @description The maximum number of games in a page. */
                limit?: number;
                /** @description The next_cursor of the previous page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of games. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The game. */
            200: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            /** @description The client already has this version. */
            304: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    deleteGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The game was deleted. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The game. */
            200: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client already has this version. */
            304: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    updateGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGame"];
                "multipart/form-data": components["schemas"]["UpdateGameForm"];
            };
        };
        responses: {
            /** @description The changed game. */
            200: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    cloneGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
                /** @description Makes the request safe to repeat for 24 hours: a repetition gets the response of the first request, and changes nothing. 1 to 255 visible ASCII characters, which the client chooses anew for each request. Example: 8e03978e-40d5-43dd-bc93-6894a57f9324. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The copy. */
            201: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    setThumbnail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
                "image/gif": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description The game with its new thumbnail. */
            200: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    removeThumbnail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The game has no thumbnail. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    setBanner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "image/png": string;
                "image/jpeg": string;
                "image/gif": string;
                "image/webp": string;
            };
        };
        responses: {
            /** @description The game with its new banner. */
            200: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Game"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["PayloadTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    removeBanner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description The csrf_token of the session. Required with a session, but not with a bearer token. Example: CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
            };
            path: {
                /** @description The id of the game. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The game has no banner. */
            204: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["PreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Respond with this range only. Example: bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Respond with the whole image if its entity tag has changed. Example: "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
                "If-Range"?: components["parameters"]["If-Range"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description The range of the image that the client requested. */
            206: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Range": components["headers"]["ContentRange"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    imageOptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the image. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The methods and headers that are allowed. */
            204: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Access-Control-Allow-Methods": components["headers"]["AllowMethods"];
                    "Access-Control-Allow-Headers": components["headers"]["AllowHeaders"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image exists. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getImageWithExtension: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Respond with this range only. Example: bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Respond with the whole image if its entity tag has changed. Example: "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
                "If-Range"?: components["parameters"]["If-Range"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description A file name extension of the type of the image, in either case. */
                ext: "png" | "jpg" | "jpeg" | "gif" | "webp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description The range of the image that the client requested. */
            206: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Range": components["headers"]["ContentRange"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    imageOptionsWithExtension: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description A file name extension of the type of the image, in either case. */
                ext: "png" | "jpg" | "jpeg" | "gif" | "webp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The methods and headers that are allowed. */
            204: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Access-Control-Allow-Methods": components["headers"]["AllowMethods"];
                    "Access-Control-Allow-Headers": components["headers"]["AllowHeaders"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headImageWithExtension: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description A file name extension of the type of the image, in either case. */
                ext: "png" | "jpg" | "jpeg" | "gif" | "webp";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image exists. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getImageVariant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Respond with this range only. Example: bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Respond with the whole image if its entity tag has changed. Example: "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
                "If-Range"?: components["parameters"]["If-Range"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description The width in pixels, one of those that the operators have set. */
                width: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description The range of the image that the client requested. */
            206: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Content-Range": components["headers"]["ContentRange"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            /** @description There is no copy of this width, or not yet. */
            302: {
                headers: {
                    Location: components["headers"]["OriginalLocation"];
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    imageOptionsVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description The width in pixels, one of those that the operators have set. */
                width: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The methods and headers that are allowed. */
            204: {
                headers: {
                    Allow: components["headers"]["Allow"];
                    "Access-Control-Allow-Methods": components["headers"]["AllowMethods"];
                    "Access-Control-Allow-Headers": components["headers"]["AllowHeaders"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headImageVariant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Perform the request only if the resource has one of these entity tags. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Perform the request only if the resource has none of these entity tags. A read is 304 otherwise. Example: "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The id of the image. */
                id: string;
                /** @description The width in pixels, one of those that the operators have set. */
                width: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image exists. */
            200: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Accept-Ranges": components["headers"]["AcceptRanges"];
                    "Content-Length": components["headers"]["ContentLength"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no copy of this width, or not yet. */
            302: {
                headers: {
                    Location: components["headers"]["OriginalLocation"];
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client already has the image. */
            304: {
                headers: {
                    ETag: components["headers"]["ImageETag"];
                    "Cache-Control": components["headers"]["ImageCacheControl"];
                    "Access-Control-Allow-Origin": components["headers"]["AllowOrigin"];
                    "X-Content-Type-Options": components["headers"]["ContentTypeOptions"];
                    "Content-Security-Policy": components["headers"]["ContentSecurityPolicy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["ResourcePolicy"];
                    "Access-Control-Expose-Headers": components["headers"]["ExposeHeaders"];
                    "X-RateLimit-Limit": components["headers"]["RateLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateReset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["ImageTooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["ImageInternalServerError"];
            501: components["responses"]["NotImplemented"];
            503: components["responses"]["ImageServiceUnavailable"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways to sign in. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways to sign in. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session of this browser. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session of this browser. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The avatar. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PictureCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such image, or the caller may not see it. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The avatar. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PictureCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such image, or the caller may not see it. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getGuildIcon: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guild. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The icon. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PictureCacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                    "image/jpeg": string;
                    "image/gif": string;
                    "image/webp": string;
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such image, or the caller may not see it. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headGuildIcon: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the guild. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The icon. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["PictureCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthorized"];
            /** @description There is no such image, or the caller may not see it. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process responds. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process responds. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database responds, and its schema has the right version. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            /** @description The database does not respond, or its schema has another version. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
    headReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The database responds, and its schema has the right version. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedRequest"];
            414: components["responses"]["UriTooLong"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            501: components["responses"]["NotImplemented"];
            /** @description The database does not respond, or its schema has another version. */
            503: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    "Retry-After": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            505: components["responses"]["HttpVersionNotSupported"];
        };
    };
}
