/* Keeps what is typed into a form: a member's on the server, a guest's in this browser. A member's is in the browser
   only until the server has said that it has it; signing out takes everything away (site.js). */

const PAUSE = 2000;
const AGAIN = 15_000;
const KEPT_FOR = 7 * 86_400_000;
const PREFIX = "draft:";
const NEVER_KEPT = ["csrfmiddlewaretoken", "consent", "step", "form", "shown"];
const WRITTEN = ["title", "body", "tags"];
const WINDOW = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");

const keepers = new Map();
let isSignedOut = false;

const here = {
  read(path) {
    try {
      const copy = JSON.parse(localStorage.getItem(PREFIX + path));
      if (copy && Date.now() - copy.at < KEPT_FOR) return copy;
      localStorage.removeItem(PREFIX + path);
    } catch {
      // A browser that keeps nothing, or something that we did not write.
    }
    return null;
  },
  write(path, copy) {
    try {
      localStorage.setItem(PREFIX + path, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  },
  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  },
  remove(path) {
    try {
      localStorage.removeItem(PREFIX + path);
    } catch {
      // There is nothing to remove then.
    }
  },
};

// What a form brings along that nobody wrote.
const BROUGHT = /^(based_on|.*_FORMS|.*-position)$/;

const plain = (text) => (text ?? "").replaceAll("\r\n", "\n").trim();

class Keeper {
  constructor(line) {
    this.line = line;
    this.form = line.closest("form");
    this.path = line.dataset.draft;
    this.owner = line.dataset.owner ?? "";
    this.began = line.dataset.saved;
    this.part = (name) => line.querySelector(`[data-draft-${name}]`);
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.typed());
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.part("show").addEventListener("click", () => this.showOther());
    this.part("mine").addEventListener("click", () => this.keepMine());
    this.open();
  }

  /* The names of what is written: of a form that is kept whole, of everything in it. */
  written(...texts) {
    if (!("draftWhole" in this.line.dataset)) return WRITTEN;
    return texts.flatMap(Object.keys).filter((name) => !BROUGHT.test(name));
  }

  isSame(one, other) {
    return this.written(one, other).every((name) => plain(one[name]) === plain(other[name]));
  }

  fields() {
    const typed = [...new FormData(this.form)].filter(([name]) => !NEVER_KEPT.includes(name));
    return Object.fromEntries(typed.filter(([, value]) => typeof value === "string"));
  }

  put(fields) {
    // Rows that come and go are made first.
    this.form.dispatchEvent(new CustomEvent("draft:comes", { detail: fields }));
    for (const control of this.form.elements) {
      const { name, type } = control;
      if (!name || NEVER_KEPT.includes(name) || type === "submit" || type === "file") continue;
      if (type === "checkbox") control.checked = name in fields;
      else if (type === "radio") control.checked = control.value === fields[name];
      else if (name in fields) control.value = fields[name];
    }
    this.form.dispatchEvent(new Event("draft:came"));
  }

  say(sentence, at) {
    const time = at && new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(at);
    this.part("status").textContent = time ? `${sentence} · ${time}` : sentence;
  }

  /* What was kept in this browser when the form was last left. */
  async open() {
    const copy = here.read(this.path);
    if (!copy || (copy.owner && copy.owner !== this.owner)) return;
    if (this.isSame(copy.fields, this.fields())) {
      if (this.owner) here.remove(this.path);
      else this.sayHere(copy.at);
      return;
    }
    if (this.owner) {
      // The server knows whether it was sent meanwhile, and whether there is a newer one.
      const answer = await this.send(copy.fields, copy.began);
      if (answer?.is_sent) {
        here.remove(this.path);
        return;
      }
      if (answer) this.began = answer.saved_at;
      if (answer?.fields && !this.isSame(answer.fields, copy.fields)) {
        this.choose(copy.fields, this.line.dataset.another, copy.at);
        return;
      }
      if (answer) here.remove(this.path);
      // A form that is kept whole offers at its head what the server has, to be taken or dropped.
      if (answer && "draftWhole" in this.line.dataset) {
        location.reload();
        return;
      }
    } else if (this.began && Date.parse(this.began) > copy.at) {
      here.remove(this.path);
      return;
    }
    if (this.isBlank() || this.line.dataset.saved || this.isUntouchedEdit()) {
      this.put(copy.fields);
      this.saved(copy.at);
    } else {
      this.choose(copy.fields, this.line.dataset.another, copy.at);
    }
  }

  isBlank() {
    const fields = this.fields();
    return WRITTEN.every((name) => !plain(fields[name]));
  }

  isUntouchedEdit() {
    return "version" in this.fields() && !this.isDirty;
  }

  typed() {
    if (this.isGone) return;
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save({ isLast = false } = {}) {
    clearTimeout(this.timer);
    if (!this.isDirty || this.isGone || this.other) return;
    if (!this.owner) {
      this.isDirty = false;
      this.keepHere(this.line.dataset.here);
      return;
    }
    if (this.isRunning && !isLast) {
      this.timer = setTimeout(() => this.save(), PAUSE);
      return;
    }
    this.isDirty = false;
    this.isRunning = true;
    // Nobody hears the answer once the page is left.
    if (isLast) this.keepHere("");
    this.say(this.line.dataset.saving);
    const answer = await this.send(this.fields(), this.began, isLast);
    this.isRunning = false;
    if (!answer) return;
    if (!this.isDirty) here.remove(this.path);
    if (answer.is_sent) this.say(answer.sentence);
    else if (answer.fields && !this.isSame(answer.fields, this.fields())) this.choose(answer.fields, this.line.dataset.newer, Date.parse(answer.saved_at), answer.saved_at);
    else {
      this.began = answer.saved_at;
      this.saved(Date.now());
    }
  }

  /* The server's answer; nothing when it did not take it, and then the text is kept here. */
  async send(fields, began, isLast = false) {
    const { answer, reached } = await this.ask(this.path, { fields, began, keep: this.line.dataset.keep }, isLast);
    if (answer && !answer.error) return answer;
    const { offline, failed } = this.line.dataset;
    const sentence = reached ? (answer?.error ?? failed) : offline;
    this.isDirty = true;
    this.timer = setTimeout(() => this.save(), AGAIN);
    this.keepHere(sentence, fields, began);
    return null;
  }

  async ask(path, { fields, began, keep }, isLast) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...fields, form: path, began, window: WINDOW })) {
      body.append(name, value);
    }
    const headers = { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" };
    let reached = false;
    try {
      const response = await fetch(keep ?? this.line.dataset.keep, { method: "POST", body, headers, keepalive: isLast });
      reached = true;
      return { reached, answer: await response.json() };
    } catch {
      // Not reached, or no answer of ours.
      return { reached };
    }
  }

  /* What this member's browser still has of other forms, where the server can be reached again. */
  async bringOthers() {
    for (const key of here.keys()) {
      const path = key.slice(PREFIX.length);
      const copy = here.read(path);
      if (!copy || copy.owner !== this.owner || path === this.path) continue;
      const { answer } = await this.ask(path, copy);
      if (!answer || answer.error) return;
      if (!answer.fields || this.isSame(answer.fields, copy.fields)) here.remove(path);
    }
  }

  keepHere(sentence, fields = this.fields(), began = this.began) {
    if (this.owner && isSignedOut) return;
    const copy = { at: Date.now(), owner: this.owner, keep: this.line.dataset.keep, began, fields };
    if (!here.write(this.path, copy)) this.say(this.line.dataset.nowhere);
    else if (this.owner) this.say(sentence);
    else this.sayHere(copy.at);
  }

  saved(at) {
    if (!this.owner) this.sayHere(at);
    else if (!this.isDirty) this.say(this.line.dataset.isSaved, at);
    this.part("forget").hidden = false;
  }

  sayHere(at) {
    this.say(this.line.dataset.here, at);
    this.part("forget").hidden = false;
  }

  /* Two texts: nothing is written over before somebody has chosen. */
  choose(fields, sentence, at, savedAt) {
    this.other = { fields, savedAt };
    this.say(sentence, at);
    this.part("show").hidden = this.part("mine").hidden = false;
    this.part("forget").hidden = true;
  }

  chosen() {
    this.part("show").hidden = this.part("mine").hidden = true;
    this.began = this.other.savedAt ?? this.began;
    this.other = null;
  }

  showOther() {
    this.put(this.other.fields);
    this.keepMine();
  }

  keepMine() {
    this.chosen();
    this.isDirty = true;
    this.save();
  }

  submitted(event) {
    if (event.submitter !== this.part("forget")) {
      this.save({ isLast: true });
      return;
    }
    this.isGone = true;
    clearTimeout(this.timer);
    here.remove(this.path);
    if (this.owner || this.line.dataset.saved) return;
    // What only this browser had, the server need not hear of.
    event.preventDefault();
    this.form.reset();
    for (const control of this.form.elements) if (WRITTEN.includes(control.name)) control.value = "";
    this.say("");
    this.part("forget").hidden = true;
    this.isGone = this.isDirty = false;
  }
}

function bind() {
  for (const form of keepers.keys()) if (!form.isConnected) keepers.delete(form);
  for (const line of document.querySelectorAll("[data-draft]")) {
    const form = line.closest("form");
    if (!keepers.has(form)) keepers.set(form, new Keeper(line));
  }
}

bind();
const first = [...keepers.values()].find((keeper) => keeper.owner);
first?.bringOthers();

function saveAll() {
  for (const keeper of keepers.values()) keeper.save({ isLast: true });
}

document.addEventListener("htmx:load", bind);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
addEventListener("pagehide", saveAll);
// Signed out here or in another tab: what is typed on is not kept in a browser that others may use next.
document.addEventListener("signs-out", () => (isSignedOut = true));
addEventListener("storage", ({ key }) => key === "signed-out" && (isSignedOut = true));
