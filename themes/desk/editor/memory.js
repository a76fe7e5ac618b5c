// What this device remembers, for good or until the tab is closed. A browser
// may refuse to: then it remembers nothing.

const memory = (open) => ({
  recall(key) {
    try {
      return JSON.parse(open().getItem(key));
    } catch {
      return null;
    }
  },

  remember(key, value) {
    try {
      open().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },

  forget(key) {
    try {
      open().removeItem(key);
    } catch {
      // nothing was remembered
    }
  },
});

export const device = memory(() => localStorage);
export const tab = memory(() => sessionStorage);
