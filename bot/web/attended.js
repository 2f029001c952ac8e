// Says, above the box, that a person is in the chat while one is: the words about a machine are not true then.
import { say } from "./words.js";

export class Attended {
  constructor(note, automated) {
    this.note = note;
    this.automated = automated;
  }

  // A message that tells of somebody's coming or going. True while a person is here.
  heard({ event, by }) {
    if (event) this.show(event === "joined" ? by : null);
    return !this.note.hidden;
  }

  show(who) {
    this.note.hidden = !who;
    this.automated.hidden = Boolean(who);
    this.note.textContent = who ? say("attended", { who }) : "";
  }
}
