/** The browser holds this cookie for a minute after its owner used mouse, touch or keyboard in an open page. */
export const OWNER_ACTIVE_COOKIE = "winauthmon.active";
export const OWNER_ACTIVE_SECONDS = 60;
