import fs from 'node:fs';
import os from 'node:os';

/**
 * Names the table of processes that this process is in: two processes that get the same answer mean the same process by the same number.
 *
 * The host's name does not tell that. Containers made from one image may all be called the same and share a database, each with a table of
 * processes of its own: the number of a live holder next door means nobody here. The kernel's boot and the namespace together do tell it.
 *
 * @returns undefined where the system does not say; then nobody may conclude anything from a process number
 */
const nameSpace = (): string | undefined => {
  try {
    const boot = fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // Virtual machines that were cloned while they ran share boot and namespace; most get another name.
    return `${os.hostname()} ${boot} ${fs.readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
};

export const processSpace = nameSpace();

/** True where a process is known to be gone; false where it is alive or nobody can tell. */
export const isKnownGone = (pid: number, space: string | null): boolean => {
  if (processSpace === undefined || space !== processSpace) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};
