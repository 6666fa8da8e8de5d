/** The limits of the service's OpenAPI document, which the build reads. */
declare const RULES: import('../rules').Rules;
