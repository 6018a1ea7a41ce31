/* Every public page is kept and served to many: what is of this moment or this device is added here. */
const ZONE = "Asia/Ho_Chi_Minh";
const vietnamese = document.documentElement.lang === "vi";

function parts(at) {
  const shape = { timeZone: ZONE, weekday: "long", day: "2-digit", month: vietnamese ? "2-digit" : "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const told = Object.fromEntries(new Intl.DateTimeFormat(vietnamese ? "vi" : "en", shape).formatToParts(at).map((part) => [part.type, part.value]));
  const weekdays = { 0: "Chủ Nhật", 1: "Thứ Hai", 2: "Thứ Ba", 3: "Thứ Tư", 4: "Thứ Năm", 5: "Thứ Sáu", 6: "Thứ Bảy" };
  // The clock of Viet Nam has no summer time, so its weekday is that of the instant moved by seven hours.
  const weekday = vietnamese ? weekdays[new Date(at.getTime() + 7 * 3600000).getUTCDay()] : told.weekday;
  const day = vietnamese ? `${told.day}/${told.month}/${told.year}` : `${Number(told.day)} ${told.month} ${told.year}`;
  return `${weekday}, ${day}, ${told.hour}:${told.minute} (GMT+7)`;
}

function tick(clock) {
  clock.textContent = parts(new Date());
  setTimeout(tick, 60000 - (Date.now() % 60000), clock);
}

function share(list) {
  const { url, title } = list.dataset;
  const native = list.querySelector("[data-share-native]");
  const copy = list.querySelector("[data-share-copy]");
  if (navigator.share) {
    native.hidden = false;
    native.addEventListener("click", () => navigator.share({ title, url }).catch(() => {})); // closing the sheet is no fault
  }
  if (navigator.clipboard) {
    const button = copy.querySelector("button");
    copy.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      copy.querySelector("[role=status]").textContent = button.dataset.done;
    });
  }
}

for (const clock of document.querySelectorAll("[data-clock]")) tick(clock);
for (const list of document.querySelectorAll("[data-share]")) share(list);
