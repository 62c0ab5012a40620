-- A no is sealed as a signature is, on the last seal before it. Those from before have none.
ALTER TABLE decline ADD COLUMN previous text, ADD COLUMN seal text;
