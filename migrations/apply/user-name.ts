import os from 'node:os';

/** Who runs this process. Containers that run as a number of their host's choosing have no name for it, and Node throws where there is none. */
export const userName = (): string => {
  try {
    return os.userInfo().username;
  } catch {
    return process.env.USER || `uid ${process.getuid?.()}`;
  }
};
