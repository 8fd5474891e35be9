/** The role a connection has outside of units of work: it can read nothing and only step into others. */
export const restingRole = "tieline_app";

/** The role that the built-in auth plane works as: schema auth is its alone, and it has nothing else. */
export const authRole = "tieline_auth";
