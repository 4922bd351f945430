import type { Engine } from '../index/engine';

/** What the thread can be asked: a method of the engine, or how much memory it holds. */
export type Method = 'apply' | 'prepare' | 'search' | 'suggest' | 'offerings' | 'sizes' | 'bytes';

export type Arguments<Name extends Method> = Name extends 'bytes' ? [] : Parameters<Engine[Exclude<Name, 'bytes'>]>;
export type Answer<Name extends Method> = Name extends 'bytes' ? number : ReturnType<Engine[Exclude<Name, 'bytes'>]>;

export interface Question {
  id: number;
  method: Method;
  args: unknown[];
}

export type Reply = { id: number; answer: unknown } | { id: number; error: string };
