import { stem } from './stem';
import { isStopWord } from './stop-words';

/**
 * Words that any text may hold: a word of them alone tells no reader why two texts belong together. Ranking keeps them: together they say
 * a little, and in a catalogue where one is rare it may be a name.
 */
const FILLER_WORDS =
  'above across actually after again against ago almost alone along already always among another any anybody anyone anything around ask away ' +
  'back bad because become before began begin begun behind being below better between big both bring brought call came cannot case cause ' +
  'change come could day despite did different does done down during each early easy eight either else end enough even ever every everyone ' +
  'everything example fact far feel felt few fewer find first five follow former found four full further gave general get getting give given ' +
  'go goes going gone good got great had happen hard hear heard help here high hold hour however hundred important include including instead ' +
  'itself just keep kept kind knew know known large last late later least leave led left less let like likely little live long look lot made ' +
  'main make making many matter may maybe mean meant might million minute moment month move much must near nearly need never next nine nobody ' +
  'none nor nothing now nowhere number often old once one only open other otherwise our over own part people per perhaps place point possible put ' +
  'quite rather ready real really recent reason right run said same saw say second see seem seen set seven several shall should show shown ' +
  'side simple since six small some somebody someone something soon start still stop such sure take taken ten themselves thing think third ' +
  'though thought thousand three through time today together told tell too took toward tried true try turn twice two under until upon usually ' +
  'very want way week well went were where whether while whole whose why within without word work world would year yes yesterday yet young';

const STEMS = new Set(FILLER_WORDS.split(' ').map(stem));

/** Whether a word, folded, says nothing by itself of what a text is about. */
export const isFiller = (word: string): boolean => isStopWord(word) || word.length < 2 || STEMS.has(stem(word));
