// Predicates: from an author's JavaScript expression to functions, refusing every name that is not
// documented (PREDICATES.md), so that a typo is an error and not a criterion that never fires.
import { parseExpressionAt } from './acorn.mjs';

const GLOBALS = {
  Math,
  Object,
  Array,
  Number,
  String,
  Boolean,
  JSON,
  Set,
  Map,
  undefined,
  NaN,
  Infinity,
};
const COMMON_NAMES = [
  'running',
  'started',
  'finished',
  'failures',
  'firstFailure',
  'starts',
  'unhandled',
  'uncaught',
  'listeners',
  'closed',
  'stuck',
  'timers',
  'now',
  'time',
  'language',
  'runningAt',
  'startedAfter',
  'same',
  'isError',
  'uniform',
];
// Of a case of one call.
const CALL_NAMES = [
  'waiting',
  'returned',
  'returnedPromise',
  'threw',
  'settled',
  'fulfilled',
  'rejected',
  'settledAt',
  'result',
  'error',
  'cancelled',
  'cancelledAt',
  'cancelReason',
  'iteratorError',
];
// Of a case of operations, besides the operations' own names.
const OPERATIONS_NAMES = ['calls', 'pending', 'invocations', 'object'];
const INPUT_NAMES = [
  'index',
  'how',
  'value',
  'error',
  'fails',
  'started',
  'startedAt',
  'settled',
  'settledAt',
  'failed',
  'aborted',
  'abortedAt',
  'abortReason',
  'calls',
  'turn',
  'name',
  'message',
  'at',
  'number',
  'arguments',
  // of calls
  'operation',
  'on',
  'took',
  'madeIn',
  'returned',
  'returnedPromise',
  'threw',
  'fulfilled',
  'rejected',
];
const BUILTIN_PROPERTIES = [
  Array.prototype,
  String.prototype,
  Number.prototype,
  Map.prototype,
  Set.prototype,
  Boolean.prototype,
  Math,
  Object,
  Array,
  Number,
  String,
  JSON,
  Map,
  Set,
].flatMap((known) => Object.getOwnPropertyNames(known));
const propertiesFor = (...lists) => new Set(BUILTIN_PROPERTIES.concat(...lists));
const TRACE_PROPERTIES = propertiesFor(INPUT_NAMES, COMMON_NAMES, CALL_NAMES, OPERATIONS_NAMES);

// Of the property harness: names in a case of one call, and properties of a call that has a name.
const PROPERTY_NAMES = ['same', 'isError', 'language'];
const ONLY_CALL_NAMES = [
  'result',
  'error',
  'threw',
  'settled',
  'fulfilled',
  'rejected',
  'returnedPromise',
  'after',
  'unchanged',
];
const NAMED_CALL_PROPERTIES = [
  'value',
  'error',
  'threw',
  'settled',
  'fulfilled',
  'rejected',
  'returnedPromise',
  'after',
  'unchanged',
  'made',
  'arguments',
];
const CASE_PROPERTIES = propertiesFor(NAMED_CALL_PROPERTIES, ['name', 'message']);

class Unusable extends Error {
  constructor(offset, message) {
    super(message);
    this.offset = offset;
  }
}

const nearest = (name, candidates) => {
  const distance = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(
          next[j - 1] + 1,
          row[j] + 1,
          row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        );
      }
      row = next;
    }
    return row[b.length];
  };
  const best = [...candidates].map((c) => [distance(name, c), c]).sort((a, b) => a[0] - b[0])[0];
  return best !== undefined && best[0] <= 2 ? `; did you mean '${best[1]}'?` : '';
};

const boundNames = (pattern, into) => {
  switch (pattern.type) {
    case 'Identifier':
      into.add(pattern.name);
      break;
    case 'ArrayPattern':
      pattern.elements.forEach((e) => e && boundNames(e, into));
      break;
    case 'ObjectPattern':
      pattern.properties.forEach((p) =>
        boundNames(p.type === 'RestElement' ? p.argument : p.value, into),
      );
      break;
    case 'AssignmentPattern':
      boundNames(pattern.left, into);
      break;
    case 'RestElement':
      boundNames(pattern.argument, into);
      break;
    default:
      throw new Unusable(pattern.start, `${pattern.type} cannot be a parameter here`);
  }
  return into;
};

const REFUSED = {
  FunctionExpression: 'write an arrow function',
  BlockStatement: 'write an expression, not statements',
  AssignmentExpression: 'a predicate must not change anything',
  UpdateExpression: 'a predicate must not change anything',
  AwaitExpression: 'a predicate cannot wait',
  ImportExpression: 'a predicate cannot import',
  ThisExpression: 'there is no this here',
  ClassExpression: 'a predicate cannot define classes',
  YieldExpression: 'a predicate cannot yield',
};

// Walks an expression; calls back for each free name, and for each longest dotted chain outside
// functions.
const walk = (node, bound, visit, insideFunction) => {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) walk(each, bound, visit, insideFunction);
    return;
  }
  if (typeof node.type !== 'string') return;
  if (node.type in REFUSED) throw new Unusable(node.start, REFUSED[node.type]);
  switch (node.type) {
    case 'Identifier':
      if (!bound.has(node.name)) visit.name(node);
      if (!insideFunction && !bound.has(node.name)) visit.chain(node);
      return;
    case 'MemberExpression': {
      if (!node.computed) visit.property(node.property.name);
      if (!node.computed && !visit.properties.has(node.property.name)) {
        throw new Unusable(
          node.property.start,
          `'${node.property.name}' is no documented property` +
            (nearest(node.property.name, visit.suggested) ||
              `; for a field of the submission's data write ['${node.property.name}']`),
        );
      }
      const chain = isChain(node);
      if (chain && !insideFunction) visit.chain(node);
      walk(node.object, bound, visit, insideFunction || chain);
      if (node.computed) walk(node.property, bound, visit, insideFunction);
      return;
    }
    case 'CallExpression':
      // The function itself is not worth showing, its receiver is.
      if (node.callee.type === 'MemberExpression') {
        walk(node.callee, bound, { ...visit, chain: () => {} }, true);
        if (isChain(node.callee.object) && !insideFunction) visit.chain(node.callee.object);
      } else {
        walk(node.callee, bound, { ...visit, chain: () => {} }, true);
      }
      walk(node.arguments, bound, visit, insideFunction);
      return;
    case 'Property':
      if (node.computed) walk(node.key, bound, visit, insideFunction);
      walk(node.value, bound, visit, insideFunction);
      return;
    case 'ArrowFunctionExpression': {
      if (node.async) throw new Unusable(node.start, REFUSED.AwaitExpression);
      const inner = new Set(bound);
      node.params.forEach((p) => boundNames(p, inner));
      walk(
        node.params.filter((p) => p.type === 'AssignmentPattern').map((p) => p.right),
        inner,
        visit,
        true,
      );
      walk(node.body, inner, visit, true);
      return;
    }
    default:
      for (const key of Object.keys(node))
        if (key !== 'type') walk(node[key], bound, visit, insideFunction);
  }
};

function isChain(node) {
  if (node.type === 'Identifier') return true;
  return (
    node.type === 'MemberExpression' && !node.computed && !node.optional && isChain(node.object)
  );
}

const compileOne = ({ expression, when }, { known, properties, suggested }) => {
  let tree;
  try {
    tree = parseExpressionAt(expression, 0, { ecmaVersion: 2022 });
  } catch (e) {
    throw new Unusable(
      e.pos ?? 0,
      `not a JavaScript expression: ${e.message.replace(/ \(\d+:\d+\)$/, '')}`,
    );
  }
  const rest = expression.slice(tree.end).search(/\S/);
  if (rest >= 0) throw new Unusable(tree.end + rest, 'something follows the expression');
  const names = new Set();
  const used = new Set();
  const chains = new Map();
  walk(
    tree,
    new Set(),
    {
      properties,
      suggested,
      property: (name) => used.add(name),
      name(node) {
        if (!known.has(node.name) && !Object.hasOwn(GLOBALS, node.name)) {
          throw new Unusable(
            node.start,
            `'${node.name}' is not a name here` + nearest(node.name, known),
          );
        }
        names.add(node.name);
      },
      chain(node) {
        const text = expression.slice(node.start, node.end);
        if (!Object.hasOwn(GLOBALS, text.split('.')[0].trim())) chains.set(text, null);
      },
    },
    false,
  );
  const parameters = [...names].filter((n) => known.has(n));
  const make = (source) => new Function(...parameters, `"use strict"; return (${source}\n);`);
  for (const text of chains.keys()) chains.set(text, make(text));
  return { when, test: make(expression), parameters, chains, used: [...names, ...used] };
};

// `problems` answers, in order of the predicates, null or {offset, message}; `compiled` holds those
// that can be used.
const compileAll = (predicates, names) => {
  const compiled = [];
  const problems = predicates.map((each) => {
    try {
      compiled.push(compileOne(each, names));
      return null;
    } catch (e) {
      if (!(e instanceof Unusable)) throw e;
      return { offset: e.offset, message: e.message };
    }
  });
  return { compiled, problems };
};

export function compilePredicates({ given, operations, predicates }) {
  const own = operations.length > 0 ? OPERATIONS_NAMES.concat(operations) : CALL_NAMES;
  return compileAll(predicates, {
    known: new Set([...COMMON_NAMES, ...own, ...given]),
    properties: TRACE_PROPERTIES,
    suggested: INPUT_NAMES,
  });
}

// A call without a name is the only one.
export function compileCasePredicates({ given, calls, predicates }) {
  const own = calls[0] === '' ? ONLY_CALL_NAMES : calls;
  return compileAll(predicates, {
    known: new Set([...PROPERTY_NAMES, ...own, ...given]),
    properties: CASE_PROPERTIES,
    suggested: NAMED_CALL_PROPERTIES,
  });
}
