CREATE INDEX maru_held_message_author ON maru_held_message (author_id);
