/** The limits of the service's OpenAPI document, read when the app is built. */
declare const RULES: import('../rules').Rules;
