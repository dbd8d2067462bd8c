// Whether numbers are spread evenly, for predicates about randomness that the judge does not feed.
// Never wrong about a right program, but with probability ALPHA, for any number of samples: the
// inequality of Dvoretzky, Kiefer and Wolfowitz (1956) with Massart's constant (1990). The same in
// C++, with its reasons: harnesses/engine/statistics.hpp.
const ALPHA = 1e-9;

const seen = [];  // what the latest evaluation has to say about numbers that were not even

export const forgetRemarks = () => (seen.length = 0);
export const remarks = () => [...seen];

const evenly = (x) => Math.min(1, Math.max(0, x));

// The largest distance between the distribution of `sorted` and an even one; each number may be
// `off` by as much.
const distance = (sorted, off) =>
  sorted.reduce((largest, x, i) => {
    const above = (i + 1) / sorted.length - evenly(x + off);
    const below = evenly(x - off) - i / sorted.length;
    return Math.max(largest, above, below);
  }, 0);

// Whether independent draws from [0, 1], each known but for `off`, may have given these numbers.
export const uniform = (numbers, off = 0) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return true;
  const from = sorted[0];
  const to = sorted[sorted.length - 1];
  const far = distance(sorted, off);
  const bound = Math.sqrt(Math.log(2 / ALPHA) / (2 * sorted.length));
  if (from >= -off && to <= 1 + off && far <= bound) return true;
  const round = (x) => Number(x.toFixed(3));
  seen.push([
    'spread',
    `${sorted.length} numbers from ${round(from)} to ${round(to)}, ` +
      `${round(far)} away from even in [0, 1], by chance at most ${round(bound)}`,
  ]);
  return false;
};
