/** The role a connection has outside of units of work: it can read nothing and only step into the three below. */
export const restingRole = "tieline_app";
