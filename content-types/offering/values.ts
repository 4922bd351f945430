/** What an offering may be. */
export const OFFERING_TYPES = ['product', 'solution', 'service'] as const;
export type OfferingType = (typeof OFFERING_TYPES)[number];

/** How far an offering is with its editors. */
export const OFFERING_STATUSES = ['approved', 'pending', 'archived'] as const;
export type OfferingStatus = (typeof OFFERING_STATUSES)[number];
