export interface paths {
    "/api/v1/games": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List games
         * @description The games of the caller's guilds, the latest start first, page by page and without the bytes of their pictures. A page of a search
         *     may have fewer games than the limit, or none, although more pages follow. There is another page if next_cursor is not null.
         */
        get: operations["listGames"];
        put?: never;
        /**
         * Schedule a game
         * @description The guild has to be one of the caller's. The caller is the host; a token with the claim may_host_for_others may name another one.
         *     Pictures come along in the form, or later.
         */
        post: operations["createGame"];
        delete?: never;
        options?: never;
        head?: never;
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
         * @description A game of a guild that the caller is no member of is not found.
         */
        get: operations["getGame"];
        put?: never;
        post?: never;
        /**
         * Delete a game
         * @description A picture that no other game shows goes with it.
         */
        delete: operations["deleteGame"];
        options?: never;
        head?: never;
        /**
         * Change a game
         * @description Fields that are absent stay as they are; null clears. The status moves from scheduled to in_progress or cancelled,
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
         * @description The copy is scheduled anew, has the same details and shares the pictures. The caller becomes the host of the copy. With a token
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
         * @description The body is the picture and nothing else. Its bytes decide which type it has, not the Content-Type.
         */
        put: operations["setThumbnail"];
        post?: never;
        /**
         * Remove the thumbnail
         * @description A game without a thumbnail stays as it is.
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
         * @description The body is the picture and nothing else. Its bytes decide which type it has, not the Content-Type.
         */
        put: operations["setBanner"];
        post?: never;
        /**
         * Remove the banner
         * @description A game without a banner stays as it is.
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
         * @description For anybody. Conditional requests and one range of bytes are answered as RFC 9110 says.
         */
        get: operations["getImage"];
        put?: never;
        post?: never;
        delete?: never;
        /**
         * Ask what may be done with an image
         * @description For anybody. Answers the preflight request of a browser, for every origin and whether the image exists or not.
         */
        options: operations["imageOptions"];
        /**
         * Ask about an image
         * @description For anybody. The headers of GET, without the bytes.
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
         * @description The same image under a name that ends as its type does. Discord animates a GIF only under such a name. Conditional requests and one range of bytes are answered as RFC 9110 says.
         */
        get: operations["getImageWithExtension"];
        put?: never;
        post?: never;
        delete?: never;
        /**
         * Ask what may be done with an image
         * @description The same image under a name that ends as its type does. Discord animates a GIF only under such a name. Answers the preflight request of a browser, for every origin and whether the image exists or not.
         */
        options: operations["imageOptionsWithExtension"];
        /**
         * Ask about an image
         * @description The same image under a name that ends as its type does. Discord animates a GIF only under such a name. The headers of GET, without the bytes.
         */
        head: operations["headImageWithExtension"];
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
         * How can one sign in?
         * @description For anybody.
         */
        get: operations["getSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
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
         * @description Looks up the guilds again if the last look-up is 15 minutes old.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
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
         * Fetch the caller's picture
         * @description As Discord has it.
         */
        get: operations["getAvatar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
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
         * Fetch the picture of a guild
         * @description As Discord has it. The answer is 404 if the caller is not a member of the guild.
         */
        get: operations["getGuildIcon"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
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
         * @description Looks at nothing but the process.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
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
         * Can the service serve?
         * @description Asks the database for the version of its schema.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Schedules a game in one of the caller's guilds, hosted by the caller unless a trusted client names somebody else. */
        CreateGame: {
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel that the game is announced in. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: null | string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: null | string;
            /** @description What is played; not only white space. */
            title: string;
            /** @description What the game is about. */
            description?: null | string;
            /** @description How to sign up. */
            signup_instructions?: null | string;
            /** @description Where to meet. */
            location?: null | string;
            /**
             * Format: date-time
             * @description When the game starts: RFC 3339, with an offset. Answers are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: null | number;
            /**
             * Format: int32
             * @description How many may play.
             */
            max_players?: null | number;
        };
        /** @description Schedules a game in one of the caller's guilds, hosted by the caller unless a trusted client names somebody else. In a form, a text that is empty stands for null. */
        CreateGameForm: {
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel that the game is announced in. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: string;
            /** @description What is played; not only white space. */
            title: string;
            /** @description What the game is about. */
            description?: string;
            /** @description How to sign up. */
            signup_instructions?: string;
            /** @description Where to meet. */
            location?: string;
            /**
             * Format: date-time
             * @description When the game starts: RFC 3339, with an offset. Answers are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: number;
            /**
             * Format: int32
             * @description How many may play.
             */
            max_players?: number;
            /**
             * Format: binary
             * @description The new thumbnail. PNG, JPEG, GIF or WebP, 5 MiB and 4096 pixels a side at most, unless the service is set otherwise.
             */
            thumbnail?: string;
            /**
             * Format: binary
             * @description The new banner. PNG, JPEG, GIF or WebP, 5 MiB and 4096 pixels a side at most, unless the service is set otherwise.
             */
            banner?: string;
        };
        /** @description A game as its guild sees it: ids of its pictures, never their bytes. */
        Game: {
            /**
             * Format: uuid
             * @description The id of the game.
             */
            id: string;
            /** @description The guild that the game belongs to. */
            guild_id: string;
            /** @description The channel that the game is announced in. It has to belong to the game's guild. */
            channel_id: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name: null | string;
            /** @description What is played; not only white space. */
            title: string;
            /** @description What the game is about. */
            description: null | string;
            /** @description How to sign up. */
            signup_instructions: null | string;
            /** @description Where to meet. */
            location: null | string;
            /**
             * Format: date-time
             * @description When the game starts: RFC 3339, with an offset. Answers are in UTC.
             */
            scheduled_at: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes: null | number;
            /**
             * Format: int32
             * @description How many may play.
             */
            max_players: null | number;
            /**
             * @description Where the game stands.
             * @enum {string}
             */
            status: "scheduled" | "in_progress" | "completed" | "cancelled";
            /**
             * Format: uuid
             * @description The image that is the game's thumbnail.
             */
            thumbnail_id: null | string;
            /**
             * Format: uuid
             * @description The image that is the game's banner.
             */
            banner_image_id: null | string;
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
        /** @description Some of the caller's games, in order. */
        GamePage: {
            items: components["schemas"]["Game"][];
            /** @description Where the next page begins; null after the last. */
            next_cursor: null | string;
            /** @description The search stopped after 5000 games. Refine the text, or follow next_cursor to search on. */
            refine?: boolean;
        };
        /** @description How the service is. */
        Health: {
            /** @enum {string} */
            status: "healthy" | "degraded" | "unhealthy";
            /** @description What was found, in words. */
            detail: null | string;
        };
        /** @description What went wrong. */
        Problem: {
            /** @description What kind of error it is. */
            title: string;
            /**
             * Format: int32
             * @description The status code of the answer.
             */
            status: number;
            /** @description What went wrong this time. */
            detail?: string;
            /**
             * @description Which of several errors of this status it is, where a page has to know.
             * @enum {string}
             */
            code?: "csrf" | "session_ended";
            /** @description The id under which the log of the service has the reason of a failure. Operators can search for it. */
            trace_id?: string;
            /**
             * Format: uri-reference
             * @description The path of the request.
             */
            instance: string;
        };
        /** @description Who is signed in. */
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
            /** @description What X-CSRF-Token has to be in requests that change something. */
            csrf_token: string;
            /**
             * Format: date-time
             * @description When the session ends if it is not used, UTC.
             */
            expires_at: string;
        };
        /** @description How one can sign in here. */
        SignInOptions: {
            /** @description At /sign-in, with Discord. */
            discord: boolean;
            /** @description At /sign-in/try-it, as anybody, in development. */
            try_it: boolean;
        };
        /** @description Changes what the request names and nothing else; null clears a field that may be empty. */
        UpdateGame: {
            /** @description The channel that the game is announced in. It has to belong to the game's guild. */
            channel_id?: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: null | string;
            /** @description What is played; not only white space. */
            title?: string;
            /** @description What the game is about. */
            description?: null | string;
            /** @description How to sign up. */
            signup_instructions?: null | string;
            /** @description Where to meet. */
            location?: null | string;
            /**
             * Format: date-time
             * @description When the game starts: RFC 3339, with an offset. Answers are in UTC.
             */
            scheduled_at?: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: null | number;
            /**
             * Format: int32
             * @description How many may play.
             */
            max_players?: null | number;
            /**
             * @description Where the game stands.
             * @enum {string}
             */
            status?: "scheduled" | "in_progress" | "completed" | "cancelled";
            /**
             * @description Removes the thumbnail. Not together with a new one.
             * @default false
             */
            remove_thumbnail: boolean;
            /**
             * @description Removes the banner. Not together with a new one.
             * @default false
             */
            remove_banner: boolean;
        };
        /** @description Changes what the request names and nothing else; null clears a field that may be empty. In a form, a text that is empty stands for null. */
        UpdateGameForm: {
            /** @description The channel that the game is announced in. It has to belong to the game's guild. */
            channel_id?: string;
            /** @description The user who hosts the game. Only a caller whose token has the claim may_host_for_others may name another user. */
            host_id?: string;
            /** @description The name of the host. If the caller hosts the game, the name of the session or the name claim of the token is used instead. */
            host_name?: string;
            /** @description What is played; not only white space. */
            title?: string;
            /** @description What the game is about. */
            description?: string;
            /** @description How to sign up. */
            signup_instructions?: string;
            /** @description Where to meet. */
            location?: string;
            /**
             * Format: date-time
             * @description When the game starts: RFC 3339, with an offset. Answers are in UTC.
             */
            scheduled_at?: string;
            /**
             * Format: int32
             * @description How long the game takes, in minutes.
             */
            expected_duration_minutes?: number;
            /**
             * Format: int32
             * @description How many may play.
             */
            max_players?: number;
            /**
             * @description Where the game stands.
             * @enum {string}
             */
            status?: "scheduled" | "in_progress" | "completed" | "cancelled";
            /**
             * @description Removes the thumbnail. Not together with a new one.
             * @default false
             */
            remove_thumbnail: boolean;
            /**
             * @description Removes the banner. Not together with a new one.
             * @default false
             */
            remove_banner: boolean;
            /**
             * Format: binary
             * @description The new thumbnail. PNG, JPEG, GIF or WebP, 5 MiB and 4096 pixels a side at most, unless the service is set otherwise.
             */
            thumbnail?: string;
            /**
             * Format: binary
             * @description The new banner. PNG, JPEG, GIF or WebP, 5 MiB and 4096 pixels a side at most, unless the service is set otherwise.
             */
            banner?: string;
        };
        /** @description Which fields are not valid, and why. */
        ValidationProblem: {
            /** @description What kind of error it is. */
            title: string;
            /**
             * Format: int32
             * @description The status code of the answer.
             */
            status: number;
            /** @description What went wrong this time. */
            detail?: string;
            /**
             * @description Which of several errors of this status it is, where a page has to know.
             * @enum {string}
             */
            code?: "csrf" | "session_ended";
            /** @description The id under which the log of the service has the reason of a failure. Operators can search for it. */
            trace_id?: string;
            /**
             * Format: uri-reference
             * @description The path of the request.
             */
            instance: string;
            /** @description Sentences by the name of the field. */
            errors: {
                [key: string]: string[];
            };
        };
    };
    responses: {
        /** @description The request is malformed, or fields of it are not valid, or a session changes something without its X-CSRF-Token (code csrf). */
        BadRequest: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description There is no bearer token and no session, or not a good one (code session_ended). */
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
        /** @description The game has none of the versions that If-Match names. */
        PreconditionFailed: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A picture or the text is too long. */
        PayloadTooLarge: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A picture is of another type, or the body is. */
        UnsupportedMediaType: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A picture is empty, broken or too large, or the channel belongs to another guild. */
        UnprocessableEntity: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationProblem"] | components["schemas"]["Problem"];
            };
        };
        /** @description A picture may not be stored: the operators have blocked it. */
        UnavailableForLegalReasons: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller sent more requests than a window allows, or too many lists, searches or uploads at once. */
        TooManyRequests: {
            headers: {
                "Cache-Control": components["headers"]["NoStore"];
                "Retry-After": components["headers"]["RetryAfter"];
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
        /** @description The database cannot serve now, a list took longer than 2 seconds, or too much is being uploaded at once. Nothing was changed, unless the detail says that a change may have been made. */
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
        /** @description There is no such image, or not with this extension. */
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
        /** @description The image is not the one that If-Match asks for. */
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
        /** @description The image ends before the range begins. */
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
        /** @description The client has used up the requests of a window. */
        ImageTooManyRequests: {
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
        /** @description The database cannot serve now. */
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
    };
    parameters: {
        /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
        "If-Match": string;
        /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
        "If-None-Match": string;
        /** @description Answer with this part only. For instance bytes=0-65535. */
        Range: string;
        /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
        "X-CSRF-Token": string;
        /** @description Answer with the whole image unless it still has this entity tag. For instance "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
        "If-Range": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description The version of the game, for If-Match and If-None-Match.
         * @example "x4WkcCz1Tq2Lw0bq9sYd3A"
         */
        GameETag: string;
        /**
         * @description The caller alone may keep it, and has to ask again before using it.
         * @example private, no-cache
         */
        GameCacheControl: string;
        /**
         * @description The URL of the new game.
         * @example https://games.example.org/api/v1/games/6a1f0c52-93d4-4e0b-8a27-1c9d5e3f7b60
         */
        Location: string;
        /**
         * @description That a bearer token is needed, and what is wrong with the one that came.
         * @example Bearer error="invalid_token"
         */
        Authenticate: string;
        /**
         * @description Nobody may keep an error.
         * @example no-store
         */
        NoStore: string;
        /**
         * @description The state of a moment.
         * @example no-store, no-cache
         */
        NotKept: string;
        /**
         * @description Nobody may keep it.
         * @example no-store
         */
        AnswerNotKept: string;
        /**
         * @description The caller alone may keep it, for an hour.
         * @example private, max-age=3600
         */
        PictureCacheControl: string;
        /**
         * @description After how many seconds to try again.
         * @example 1
         */
        RetryAfter: string;
        /**
         * @description The SHA-256 of the image.
         * @example "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108"
         */
        ImageETag: string;
        /**
         * @description Anybody may keep it for an hour.
         * @example public, max-age=3600
         */
        ImageCacheControl: string;
        /**
         * @description Parts of the image can be asked for.
         * @example bytes
         */
        AcceptRanges: string;
        /**
         * @description How many bytes the body has, or would have.
         * @example 65536
         */
        ContentLength: string;
        /**
         * @description Which bytes these are, and how many there are.
         * @example bytes 0-65535/200067
         */
        ContentRange: string;
        /**
         * @description How many bytes there are.
         * @example bytes *\/200067
         */
        UnsatisfiedRange: string;
        /**
         * @description Pages of every origin may read it.
         * @example *
         */
        AllowOrigin: string;
        /**
         * @description The Content-Type holds.
         * @example nosniff
         */
        ContentTypeOptions: string;
        /**
         * @description Nothing in it runs or loads anything.
         * @example default-src 'none'; sandbox
         */
        ContentSecurityPolicy: string;
        /**
         * @description Pages of every origin may show it.
         * @example cross-origin
         */
        ResourcePolicy: string;
        /**
         * @description What scripts of other origins may read as well.
         * @example Content-Range, ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset
         */
        ExposeHeaders: string;
        /**
         * @description How many requests the window allows that has the fewest left.
         * @example 60
         */
        RateLimit: string;
        /**
         * @description How many of them are left.
         * @example 59
         */
        RateRemaining: string;
        /**
         * @description In how many seconds there will be one more.
         * @example 60
         */
        RateReset: string;
        /**
         * @description The methods that images have.
         * @example GET, HEAD, OPTIONS
         */
        Allow: string;
        /**
         * @description The same, for browsers.
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
    listGames: {
        parameters: {
            query?: {
                /** @description The guild that the game belongs to. */
                guild_id?: string;
                /** @description Where the game stands. */
                status?: "scheduled" | "in_progress" | "completed" | "cancelled";
                /** @description A part of the title, in upper or lower case. */
                text?: string;
                /** @description How many games a page has at most. */
                limit?: number;
                /** @description The next_cursor of the page before. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
                "X-CSRF-Token"?: components["parameters"]["X-CSRF-Token"];
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
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
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
            /** @description The client has this version already. */
            304: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            /** @description The game is gone. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            /** @description The game as it is now. */
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
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cloneGame: {
        parameters: {
            query?: never;
            header?: {
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            /** @description The copy. */
            201: {
                headers: {
                    ETag: components["headers"]["GameETag"];
                    "Cache-Control": components["headers"]["GameCacheControl"];
                    Location: components["headers"]["Location"];
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
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setThumbnail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeThumbnail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    setBanner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            451: components["responses"]["UnavailableForLegalReasons"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeBanner: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description The csrf_token of the session; needed with a session, and not with a bearer token. For instance CfDJ8…. */
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
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Answer with this part only. For instance bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Answer with the whole image unless it still has this entity tag. For instance "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
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
            /** @description The part of the image that Range asks for. */
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
            /** @description The client has the image already. */
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
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            500: components["responses"]["ImageInternalServerError"];
            503: components["responses"]["ImageServiceUnavailable"];
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
        };
    };
    headImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Answer with this part only. For instance bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Answer with the whole image unless it still has this entity tag. For instance "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
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
            /** @description The part of the image that Range asks for exists. */
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
                content?: never;
            };
            /** @description The client has the image already. */
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
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            500: components["responses"]["ImageInternalServerError"];
            503: components["responses"]["ImageServiceUnavailable"];
        };
    };
    getImageWithExtension: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Answer with this part only. For instance bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Answer with the whole image unless it still has this entity tag. For instance "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
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
            /** @description The part of the image that Range asks for. */
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
            /** @description The client has the image already. */
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
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            500: components["responses"]["ImageInternalServerError"];
            503: components["responses"]["ImageServiceUnavailable"];
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
        };
    };
    headImageWithExtension: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer only if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Answer 304 if what is there has one of these entity tags. For instance "x4WkcCz1Tq2Lw0bq9sYd3A". */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description Answer with this part only. For instance bytes=0-65535. */
                Range?: components["parameters"]["Range"];
                /** @description Answer with the whole image unless it still has this entity tag. For instance "a1abfd410973b0111c215baa879b9edcd739e601659ba44168269767cc2e9108". */
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
            /** @description The part of the image that Range asks for exists. */
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
                content?: never;
            };
            /** @description The client has the image already. */
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
            404: components["responses"]["ImageNotFound"];
            412: components["responses"]["ImagePreconditionFailed"];
            416: components["responses"]["ImageRangeNotSatisfiable"];
            429: components["responses"]["ImageTooManyRequests"];
            500: components["responses"]["ImageInternalServerError"];
            503: components["responses"]["ImageServiceUnavailable"];
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
            /** @description The ways. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["AnswerNotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            500: components["responses"]["InternalServerError"];
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
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
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
            /** @description The picture. */
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
            401: components["responses"]["Unauthorized"];
            /** @description There is no picture, or it is not the caller's to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
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
            /** @description The picture. */
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
            401: components["responses"]["Unauthorized"];
            /** @description There is no picture, or it is not the caller's to see. */
            404: {
                headers: {
                    "Cache-Control": components["headers"]["NoStore"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
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
            /** @description It answers. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
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
            /** @description The database answers and has the right schema. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["NotKept"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description It does not, or has not. */
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
        };
    };
}
