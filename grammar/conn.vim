" Vim syntax of conn scripts, generated from the program's own tables.
if exists('b:current_syntax') | finish | endif
syntax match connField /\<\%(application\|authorization_error\|authorization_status\|authorized_at\|connected\|connection_lost_at\|connection_lost_reason\|created_at\|description\|external_id\|folder_id\|id\|input\|name\|oauth_token_pair\|parent_id\|project_id\|provider\|raw\|shell_connection\|tag_titles\|tags\|updated_at\)\>/
syntax match connKeyword /\<\%(all\|and\|any\|between\|contains\|create\|def\|else\|ends\|false\|for\|from\|get\|has\|if\|in\|it\|let\|like\|list\|matches\|not\|null\|or\|param\|print\|starts\|then\|true\|use\|with\)\>/
syntax match connStage /\<\%(by\|chart\|count\|create\|delete\|diff\|disconnect\|distinct\|expect\|first\|group\|last\|lookup\|save\|select\|show\|skip\|sort\|tag\|untag\|update\|where\)\>/
syntax match connFunction /\<\%(ago\|count\|date\|empty\|env\|int\|length\|lower\|max\|min\|now\|remove_prefix\|remove_suffix\|replace\|secret\|split\|substring\|today\|trim\|upper\)\>\ze(/
syntax match connNumber /\<[0-9][0-9A-Za-z_.:-]*/
syntax match connVariable /\$[A-Za-z_][A-Za-z0-9_]*/
syntax region connString start=/"/ skip=/\\./ end=/"/ oneline
syntax region connString start=/'/ end=/'/ oneline
syntax match connComment /#.*$/
highlight default link connFunction Function
highlight default link connStage Type
highlight default link connKeyword Keyword
highlight default link connField Identifier
highlight default link connNumber Number
highlight default link connVariable Identifier
highlight default link connString String
highlight default link connComment Comment
let b:current_syntax = 'conn'
