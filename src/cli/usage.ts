export const usage = `Dynamics Sync for Slack

  npm start                     the bot, with the settings of the environment or of a .env file
  npm run demo                  the whole product against simulated Slack and Dynamics 365, in the browser
  npm run demo -- --auto        plays the story by itself and prints it
  npm run demo -- --port 4000   picks the port of the page
  npm run demo -- --rows 200000 more rows in Dynamics 365 than the usual 25,000`;
