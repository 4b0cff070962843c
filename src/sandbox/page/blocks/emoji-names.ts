/** Emoji names, and which of them mean the same. */

/** Pairs of words as a record, so that a table of names stays a table to the eye. */
function table(pairs: string): Record<string, string> {
  const words = pairs.trim().split(/\s+/);
  return Object.fromEntries(
    words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : [])),
  );
}

/** Slack's names of the platform's own characters. */
export const CHARACTERS = table(`
  wave 👋   eyes 👀   bulb 💡   key 🔑   bar_chart 📊   chart_with_upwards_trend 📈   envelope ✉️
  email 📧   clock1 🕐   stopwatch ⏱️   calendar 📅   memo 📝   pencil2 ✏️   gear ⚙️   mag 🔍
  link 🔗   bell 🔔   no_bell 🔕   fire 🔥   sparkles ✨   star ⭐   heart ❤️   +1 👍   thumbsup 👍
  -1 👎   smile 😄   slightly_smiling_face 🙂   thinking_face 🤔   pray 🙏   clap 👏
  point_right 👉   raised_hands 🙌   robot_face 🤖   package 📦   inbox_tray 📥   outbox_tray 📤
  file_folder 📁   card_index_dividers 🗂️   floppy_disk 💾   recycle ♻️   wrench 🔧
  hammer_and_wrench 🛠️   shield 🛡️   unlock 🔓   closed_lock_with_key 🔐
  globe_with_meridians 🌐   zap ⚡   snail 🐌   coffee ☕   earth_asia 🌏   office 🏢
  bust_in_silhouette 👤   busts_in_silhouette 👥   question ❓   exclamation ❗   arrow_right ➡️
  arrow_down ⬇️   arrow_up ⬆️   repeat 🔁   checkered_flag 🏁
`);

/** Second names. */
export const ALIASES = table(`
  check heavy_check_mark   ballot_box_with_check white_check_mark
  hourglass hourglass_flowing_sand   info information_source
  pause_button double_vertical_bar   black_circle_for_record red_circle
  no_entry_sign no_entry   heavy_multiplication_x x   negative_squared_cross_mark x
`);

/** The characters that mean the same as a drawn name, for apps that send them as they are. */
export const SAME = table(`
  ✅ white_check_mark   ✔️ heavy_check_mark   ❌ x   ⚠️ warning   ℹ️ information_source
  ⏳ hourglass_flowing_sand   ⌛ hourglass_flowing_sand   🔄 arrows_counterclockwise   🔒 lock
  🚀 rocket   🎉 tada   🟢 large_green_circle   🟡 large_yellow_circle   🔴 red_circle
  🔵 large_blue_circle   ⚪ white_circle   ⛔ no_entry   ⏸️ double_vertical_bar
  ▶️ arrow_forward
`);
