/**
 * Runs in the browser before anything else. Where pages bring schemas along, zod would try whether it may compile them: the
 * page's policy refuses that and reports an attempt at eval. Set like this, the setting costs pages without zod nothing.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};
