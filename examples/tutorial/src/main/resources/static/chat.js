'use strict';

$(function () {
  let client;
  let sender;
  let roomId;

  $('#entrance').on('submit', function (event) {
    event.preventDefault();
    sender = $('#name').val().trim();
    roomId = $('#room').val().trim();
    client = Stomp.over(new SockJS('/ws'));
    client.debug = null;
    client.connect({}, connected, failed);
  });

  $('#say').on('submit', function (event) {
    event.preventDefault();
    client.send(address('sendMessage'), {}, chatMessage('TALK', $('#text').val()));
    $('#text').val('');
  });

  function connected() {
    $('#entrance, #failure').addClass('d-none');
    $('#chat').removeClass('d-none');
    $('#text').focus();
    client.subscribe(roomId ? '/topic/public/' + roomId : '/topic/public', received);
    client.send(address('addUser'), {}, chatMessage('JOIN'));
    client.subscribe('/user/queue/problems', problem);
    if (roomId) {
      client.subscribe('/app/chat/welcome/' + roomId, received);
    }
  }

  function failed() {
    $('#failure').text('No connection to the server. Load the page again to try once more.').removeClass('d-none');
    $('#say :input').prop('disabled', true);
  }

  function problem(frame) {
    $('#failure').text(frame.body).removeClass('d-none');
  }

  function received(frame) {
    const message = JSON.parse(frame.body);
    const line = $('<li class="list-group-item">');
    if (message.type === 'TALK') {
      line.append($('<b class="mr-2">').text(message.sender)).append(document.createTextNode(message.message));
    } else {
      line.addClass('text-muted').text(message.sender + (message.type === 'JOIN' ? ' joined' : ' left'));
    }
    $('#messages').append(line);
    line[0].scrollIntoView({ block: 'nearest' });
  }

  function address(what) {
    return (roomId ? '/app/chat/' : '/app/lobby/') + what;
  }

  function chatMessage(type, message) {
    const fields = { type: type, sender: sender, message: message };
    return JSON.stringify(roomId ? Object.assign({ roomId: roomId }, fields) : fields);
  }
});
