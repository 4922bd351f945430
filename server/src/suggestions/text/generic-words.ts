import { stem } from './stem';

/**
 * Words of which every catalogue and every story is full. In a phrase they say something, "data exchange", "room sensor"; alone they tell no
 * reader why an offering fits. Ranking keeps them.
 */
const GENERIC_WORDS =
  'access action app application approach area benefit board business care case center centre challenge client clinic community company ' +
  'connection content control cost customer data design desk detail development device digital document effort event experience family field ' +
  'file form format function future goal group growth hand health healthcare home hospital idea image impact industry information insight ' +
  'issue item job language letter level line list management manager map market material matter measure member message method model money ' +
  'network news note offer office online opportunity option order organisation organization owner page paper partner patient phone ' +
  'picture plan platform policy position practice price problem process product professional program programme project provider purpose ' +
  'quality question range rate record report request requirement research resource response result review risk role room rule sector ' +
  'sentence service set share sign site size skill software solution source space staff stage standard state statement step store story ' +
  'strategy structure study subject success support surface system task team technology term test text tool topic total training trend type ' +
  'unit update user value version video view visit voice web website window worker';

const STEMS = new Set(GENERIC_WORDS.split(' ').map(stem));

/** Whether a word, folded, says too little alone. */
export const isGeneric = (word: string): boolean => STEMS.has(stem(word));
