using Steelyard.Designs.AntiEntropy;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Chat;

/// <summary>How <see cref="ChatNode"/>s run; the same at all of them.</summary>
sealed record ChatOptions(RoomRules Rooms, StatusResolution Resolution, EventLogOptions Log);

/// <summary>
/// A chat server that asks nobody: it accepts a message once its own disk has it, and the log carries it to
/// the others. What it shows of rooms and statuses is a function of the entries it has, so replicas with the
/// same entries show the same. Typing and read receipts are kept in memory, told once, and may be stale or
/// lost.
/// </summary>
sealed class ChatNode : INode, IShowsState
{
    static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(3);

    readonly INodeWorld _world;
    readonly ChatOptions _options;
    readonly EventLog _log;
    readonly HashSet<Value> _known = [];
    readonly Dictionary<Value, List<Action>> _saving = [];
    readonly SortedDictionary<Value, RoomView> _rooms = [];
    readonly SortedDictionary<Value, StatusBoard> _statuses = [];
    readonly SortedDictionary<(Value Room, Value User), TimeSpan> _typing = [];
    readonly SortedDictionary<(Value Room, Value User), Value> _receipts = [];
    readonly SortedDictionary<Value, long> _ownUpdates = [];
    readonly Dictionary<Value, Value> _dots = [];

    public ChatNode(INodeWorld world, ChatOptions options)
    {
        _world = world;
        _options = options;
        _log = new(world, options.Log, Apply);
    }

    TimeSpan Now => _world.Clock.GetElapsedTime(0);

    public void Start() => _log.Start();

    public void ShowState(StateSheet sheet)
    {
        sheet.Add("messages", _known.Count);
        sheet.Add("rooms", _rooms.Count);
        sheet.Add("statuses", _statuses.Count);
    }

    public void Receive(NodeId from, Message message)
    {
        if (_log.TryReceive(from, message))
            return;
        switch (message)
        {
            case ChatRequest request:
                Serve(from, request);
                break;
            case TypingNews news:
                _typing[(news.Room, news.User)] = Now + TypingLasts;
                break;
            case ReadNews news:
                _receipts[(news.Room, news.User)] = news.Id;
                break;
            default:
                throw new UnexpectedMessageException(_world.Self, from, message);
        }
    }

    void Serve(NodeId from, ChatRequest request)
    {
        _log.Hear(request.After);
        var (function, key, input) = request.Command;
        switch (function)
        {
            case Functions.Send:
                Send(from, key, input);
                break;
            case Functions.SetStatus:
                SetStatus(from, key, input, request.Context);
                break;
            case Functions.ReadRoom:
                Reply(from, Room(key).Ids);
                break;
            case Functions.GetStatus:
                Reply(from, Board(key).Shown(_options.Resolution), Board(key).Context);
                break;
            case Functions.ReplicaState:
                Reply(from, State());
                break;
            default:
                ServeTheMoment(from, function, key, input);
                break;
        }
    }

    void ServeTheMoment(NodeId from, string function, Value room, Value user)
    {
        switch (function)
        {
            case ChatFunctions.Typing:
                _typing[(room, user)] = Now + TypingLasts;
                Tell(new TypingNews(room, user));
                Reply(from, Value.Nil);
                break;
            case ChatFunctions.WhoTypes:
                Reply(from, Value.List([.. _typing.Where(t => t.Key.Room == room && t.Value > Now)
                    .Select(t => t.Key.User)]));
                break;
            case ChatFunctions.MarkRead:
                var last = Room(room).LastId;
                _receipts[(room, user)] = last;
                Tell(new ReadNews(room, user, last));
                Reply(from, last);
                break;
            case ChatFunctions.ReadReceipts:
                Reply(from, Value.Map([.. _receipts.Where(r => r.Key.Room == room)
                    .Select(r => (r.Key.User, r.Value))]));
                break;
            default:
                throw new InvalidOperationException($"a chat has no {function}");
        }
    }

    void Tell(Message news)
    {
        foreach (var peer in _world.Peers)
            _world.Send(peer, news);
    }

    void Reply(NodeId to, Value output, Value context = default) =>
        _world.Send(to, new ChatAnswer(output, _log.Latest, context));

    void Send(NodeId from, Value room, Value message)
    {
        var payload = Value.Map(
            ("room", room), ("id", message["id"]),
            ("text", message["text"]), ("reply-to", message["reply-to"]));
        Accept(payload, () => Reply(from, Value.Nil));
    }

    void SetStatus(NodeId from, Value user, Value update, Value context)
    {
        var dot = DotOf(user, update["id"]);
        var payload = Value.Map(
            ("user", user), ("id", update["id"]), ("status", update["status"]), ("device", update["device"]),
            ("version", update["version"]), ("wall", _log.WallMicros),
            ("number", dot.AsList[1]), ("context", context));
        Accept(payload, () => Reply(from, Value.Nil, StatusBoard.After(context, dot)));
    }

    // An update sent again is the same event: a client told of another one would never overwrite this one.
    Value DotOf(Value user, Value update)
    {
        if (_options.Rooms.Dedup && _dots.TryGetValue(update, out var known))
            return known;
        // Numbers count what is being saved too, and go on after those that a restart brought back.
        var saved = Board(user).CountOf(_world.Self.Index);
        var number = Math.Max(_ownUpdates.GetValueOrDefault(user), saved) + 1;
        _ownUpdates[user] = number;
        return _dots[update] = Value.List(_world.Self.Index, number);
    }

    // A message sent again is the same message: it is acknowledged and not added.
    void Accept(Value payload, Action acknowledge)
    {
        var id = payload["id"];
        if (_options.Rooms.Dedup && _known.Contains(id))
        {
            acknowledge();
            return;
        }

        if (_options.Rooms.Dedup && _saving.TryGetValue(id, out var others))
        {
            others.Add(acknowledge);
            return;
        }

        var waiting = new List<Action> { acknowledge };
        _saving[id] = waiting;
        _log.Append(payload, () =>
        {
            _saving.Remove(id);
            foreach (var action in waiting)
                action();
        });
    }

    void Apply(GossipEntry entry)
    {
        _known.Add(entry.Payload["id"]);
        if (entry.Payload["room"] is { IsNil: false } room)
            Room(room).Add(entry);
        else
        {
            _dots.TryAdd(entry.Payload["id"], Value.List(entry.Origin, entry.Payload["number"]));
            Board(entry.Payload["user"]).Add(entry.Origin, entry.Payload);
        }
    }

    RoomView Room(Value room)
    {
        if (!_rooms.TryGetValue(room, out var view))
            _rooms.Add(room, view = new(_options.Rooms));
        return view;
    }

    StatusBoard Board(Value user)
    {
        if (!_statuses.TryGetValue(user, out var board))
            _statuses.Add(user, board = new());
        return board;
    }

    // An empty room that somebody looked into is no state.
    Value State() => Value.Map(
        ("rooms", Value.Map([.. _rooms.Where(r => !r.Value.LastId.IsNil).Select(r => (r.Key, r.Value.Ids))])),
        ("statuses", Value.Map([.. _statuses.Select(s => (s.Key, Status: s.Value.Shown(_options.Resolution)))
            .Where(s => !s.Status.IsNil)])));
}
