// One list for all keys, filtered anew at every question. Slow for many keys, and right.
'use strict';

function SlidingWindowLog(limit, windowMs) {
  if (!Number.isSafeInteger(limit) || limit <= 0) throw new RangeError('limit');
  if (!Number.isSafeInteger(windowMs) || windowMs <= 0) throw new RangeError('windowMs');
  let admitted = [];

  const counting = (key) => {
    const since = Date.now() - windowMs;
    admitted = admitted.filter((request) => request.at > since);
    return admitted.filter((request) => request.key === key);
  };

  return {
    tryAcquire(key) {
      const room = counting(key).length < limit;
      if (room) admitted.push({ key, at: new Date().getTime() });
      return room;
    },
    retryAfter(key) {
      const requests = counting(key);
      return requests.length < limit ? 0 : requests[0].at + windowMs - Date.now();
    },
  };
}

exports.SlidingWindowLog = SlidingWindowLog;
