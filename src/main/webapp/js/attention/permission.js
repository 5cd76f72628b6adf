// @ts-check
/** Asks the person by way of the browser, which refuses a question that comes out of nothing. @returns {Promise<string>} */
export async function permission() {
  return 'Notification' in window ? Notification.requestPermission() : 'denied';
}
