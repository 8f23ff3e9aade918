"""2-1: pure rules — answers, their text, the schema's digest, references, likely typing errors."""
