/** The one of jest's projects, where its environment names several. Whatever a test starts is about the same. */
process.env.TEST_CLIENT = (globalThis as unknown as { TEST_CLIENT: string }).TEST_CLIENT;
