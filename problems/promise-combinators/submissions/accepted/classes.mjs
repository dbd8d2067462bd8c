// A class with a hook for each event, one subclass a combinator, and an AggregateError of its own.

class AggregateError extends Error {
  constructor(errors) {
    super(`${errors.length} inputs, none fulfilled`);
    this.errors = errors;
  }
}

class Combinator {
  #left = 0;
  #slots = [];

  run(inputs) {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    try {
      const iterator = inputs[Symbol.iterator]();
      for (let step = iterator.next(); !step.done; step = iterator.next()) this.#watch(step.value);
      if (this.#left === 0) this.complete(this.#slots);
    } catch (error) {
      this.reject(error);
    }
    return this.promise;
  }

  #watch(input) {
    const index = this.#slots.push(null) - 1;
    this.#left += 1;
    const fill = (content) => {
      this.#slots[index] = content;
      this.#left -= 1;
      if (this.#left === 0) this.complete(this.#slots);
    };
    Promise.resolve(input).then(
      (value) => fill(this.fulfilled(value)),
      (error) => fill(this.rejected(error)),
    );
  }

  fulfilled(value) {
    return value;
  }

  rejected(error) {
    return error;
  }

  complete(slots) {
    this.resolve(slots);
  }
}

class All extends Combinator {
  rejected(error) {
    this.reject(error);
  }
}

class AllSettled extends Combinator {
  fulfilled(value) {
    return { status: 'fulfilled', value };
  }

  rejected(reason) {
    return { reason, status: 'rejected' };
  }
}

class Race extends Combinator {
  fulfilled(value) {
    this.resolve(value);
  }

  rejected(error) {
    this.reject(error);
  }

  complete() {} // without inputs it stays pending
}

class Any extends Combinator {
  fulfilled(value) {
    this.resolve(value);
  }

  complete(errors) {
    this.reject(new AggregateError(errors));
  }
}

export const all = (inputs) => new All().run(inputs);
export const allSettled = (inputs) => new AllSettled().run(inputs);
export const race = (inputs) => new Race().run(inputs);
export const any = (inputs) => new Any().run(inputs);
