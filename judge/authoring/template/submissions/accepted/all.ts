export const collect = <T>(tasks: (() => Promise<T>)[]): Promise<T[]> =>
  Promise.all(tasks.map((task) => task()));
