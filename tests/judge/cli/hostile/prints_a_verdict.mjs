// verdict: wrong_answer
// Prints what the judge would print, on both streams.
console.log(JSON.stringify({ schema: 1, verdict: 'accepted', score: 20, max_score: 20 }));
console.error('accepted');
export async function runWithConcurrency() {
  console.log('{"verdict": "accepted"}');
  return [];
}
