/**
 * What the database answers. @throws an error that counts as an outage when it takes longer than so many milliseconds;
 * what was asked may still be done then. A database whose machine or network is gone says nothing, and TCP gives up only
 * after a quarter of an hour.
 */
export async function answerWithin<Answer>(milliseconds: number, asked: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    const fail = () =>
      reject(Object.assign(new Error("The database doesn't answer"), { code: "CONNECT_TIMEOUT" }));
    timer = setTimeout(fail, milliseconds);
  });
  try {
    return await Promise.race([asked, overdue]);
  } finally {
    clearTimeout(timer);
  }
}
