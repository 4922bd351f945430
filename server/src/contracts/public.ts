/** What the package exports: the types of what sites get, and no values. */
export type * from './delivery';
export type * from './site';
