import type { Mapping } from '../mapping';
import { offerings } from './offerings';
import { stories } from './stories';
import { topics } from './topics';

/**
 * The seed's family: stories made from OpenProject work packages for a Hugo site. A file says by `archetype` what it is; one that does not
 * is a story.
 */
export const medigy: Mapping = { name: 'medigy', collections: [topics, offerings, stories] };
