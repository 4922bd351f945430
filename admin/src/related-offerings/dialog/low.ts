/** A laptop's screen, less what its browser takes: what is around the results makes way for them. */
export const LOW = '@media (max-height: 800px) and (min-width: 1001px)';
