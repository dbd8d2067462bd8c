// Never gets as far as exporting anything: it throws while it is loaded.

const settings = undefined;
const log = settings.verbose ? console.log : () => {};

export const all = async (inputs) => log(inputs);
export const allSettled = all;
export const race = all;
export const any = all;
