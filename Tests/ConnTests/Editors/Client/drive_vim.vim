" Writes the syntax groups of each line of s.conn to groups.txt, each after its first column.
syntax on
edit s.conn
let lines = []
for line in range(1, line('$'))
  let groups = []
  let before = ''
  for column in range(1, col([line, '$']) - 1)
    let group = synIDattr(synID(line, column, 1), 'name')
    if group != before | call add(groups, column . ' ' . group) | endif
    let before = group
  endfor
  call add(lines, join(filter(groups, 'v:val !~ " $"'), ', '))
endfor
call writefile(lines, 'groups.txt')
qa!
