// Whether numbers are spread evenly, for predicates about randomness that the judge does not feed.
// Never wrong about a right program, but with probability ALPHA, for any number of samples: the
// inequality of Dvoretzky, Kiefer and Wolfowitz (1956) with Massart's constant (1990). The same in
// C++, with its reasons: harnesses/engine/statistics.hpp.
const ALPHA = 1e-9;

const seen = [];  // what the latest evaluation has to say about numbers that were not even

export const forgetRemarks = () => (seen.length = 0);
export const remarks = () => [...seen];

const round = (x) => Number(x.toFixed(3));
const evenly = (x, low, high) => Math.min(1, Math.max(0, (x - low) / (high - low)));

// The largest distance between the distribution of `sorted` and an even one in [low, high]; each
// number may be `off` by as much.
const distance = (sorted, off, low = 0, high = 1) =>
  sorted.reduce((largest, x, i) => {
    const above = (i + 1) / sorted.length - evenly(x + off, low, high);
    const below = evenly(x - off, low, high) - i / sorted.length;
    return Math.max(largest, above, below);
  }, 0);

const bound = (count, alpha) => Math.sqrt(Math.log(2 / alpha) / (2 * count));

// The usual ways to randomise a delay, by where delays divided by their unrandomised length lie:
// full jitter, equal jitter, on top, and so much per cent to both sides. What is seen falls a
// little short of the true limits.
const families = (sorted) => {
  const half = Math.max(sorted.at(-1) - 1, 1 - sorted[0]) * (1 + 1 / sorted.length);
  const percent = Math.max(1, Math.round(100 * half)) / 100;
  return [[0, 1], [0.5, 1], [1, 2], [1 - percent, 1 + percent]];
};

// What the numbers look like instead, when that is sure enough to be said; no verdict rests on it.
const likeness = (sorted, off) => {
  if (sorted.at(-1) - sorted[0] <= 2 * off) return 'always the same';
  const fits = families(sorted)
    .map(([low, high]) => ({ low, high, far: distance(sorted, off, low, high) }))
    .sort((a, b) => a.far - b.far)[0];
  const isSure = fits.far <= bound(sorted.length, 0.01);
  return isSure ? `even in [${round(fits.low)}, ${round(fits.high)}]` : '';
};

// Whether independent draws from [0, 1], each known but for `off`, may have given these numbers.
export const uniform = (numbers, off = 0) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length === 0) return true;
  const from = sorted[0];
  const to = sorted[sorted.length - 1];
  const far = distance(sorted, off);
  const most = bound(sorted.length, ALPHA);
  if (from >= -off && to <= 1 + off && far <= most) return true;
  const like = likeness(sorted, off);
  seen.push([
    'spread',
    `${sorted.length} numbers from ${round(from)} to ${round(to)}${like && `, ${like}`}; ` +
      `${round(far)} away from even in [0, 1], by chance at most ${round(most)}`,
  ]);
  return false;
};
