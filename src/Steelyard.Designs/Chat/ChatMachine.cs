using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Chat;

/// <summary>
/// The chat as a machine behind one log: one order for all, and so no conflicts to resolve; but every word
/// waits for a quorum, the typing too.
/// </summary>
sealed class ChatMachine : IStateMachine
{
    readonly SortedDictionary<Value, List<Value>> _rooms = [];
    readonly HashSet<Value> _known = [];
    readonly SortedDictionary<Value, Value> _statuses = [];
    readonly SortedDictionary<Value, SortedDictionary<Value, Value>> _receipts = [];
    readonly SortedDictionary<Value, SortedSet<Value>> _typing = [];

    public bool IsRead(string function) => ChatFunctions.IsRead(function);

    public Completion Apply(in Command command)
    {
        var (function, key, input) = command;
        switch (function)
        {
            case Functions.Send:
                return Send(key, input);
            case Functions.ReadRoom:
                return Completion.Ok(Value.List([.. Of(_rooms, key)]));
            case Functions.SetStatus:
                _statuses[key] = input["status"];
                return Completion.Ok(Value.Nil);
            case Functions.GetStatus:
                return Completion.Ok(_statuses.GetValueOrDefault(key));
            case ChatFunctions.Typing:
                Of(_typing, key).Add(input);
                return Completion.Ok(Value.Nil);
            case ChatFunctions.WhoTypes:
                return Completion.Ok(Value.List([.. Of(_typing, key)]));
            case ChatFunctions.MarkRead:
                var room = Of(_rooms, key);
                Of(_receipts, key)[input] = room.Count == 0 ? Value.Nil : room[^1];
                return Completion.Ok(Of(_receipts, key)[input]);
            case ChatFunctions.ReadReceipts:
                return Completion.Ok(ToValue(Of(_receipts, key)));
            default:
                throw new InvalidOperationException($"a chat has no {function}");
        }
    }

    Completion Send(Value room, Value message)
    {
        var (id, parent) = (message["id"], message["reply-to"]);
        if (_known.Contains(id))
            return Completion.Ok(Value.Nil);
        if (!parent.IsNil && !_known.Contains(parent))
            return Completion.Fail("parent never sent");
        _known.Add(id);
        Of(_rooms, room).Add(id);
        // Whoever sends has stopped typing.
        Of(_typing, room).Remove(message["from"]);
        return Completion.Ok(Value.Nil);
    }

    public Value Snapshot() => Value.Map(
        ("rooms", Value.Map([.. _rooms.Select(r => (r.Key, Value.List([.. r.Value])))])),
        ("statuses", ToValue(_statuses)),
        ("receipts", Value.Map([.. _receipts.Select(r => (r.Key, ToValue(r.Value)))])),
        ("typing", Value.Map([.. _typing.Select(t => (t.Key, Value.List([.. t.Value])))])));

    public void Restore(Value snapshot)
    {
        _rooms.Clear();
        _known.Clear();
        _statuses.Clear();
        _receipts.Clear();
        _typing.Clear();
        if (snapshot.IsNil)
            return;
        foreach (var (room, ids) in snapshot["rooms"].AsMap)
        {
            Of(_rooms, room).AddRange(ids.AsList);
            _known.UnionWith(_rooms[room]);
        }

        foreach (var (user, status) in snapshot["statuses"].AsMap)
            _statuses.Add(user, status);
        foreach (var (room, marks) in snapshot["receipts"].AsMap)
            foreach (var (user, id) in marks.AsMap)
                Of(_receipts, room).Add(user, id);
        foreach (var (room, users) in snapshot["typing"].AsMap)
            Of(_typing, room).UnionWith(users.AsList.ToArray());
    }

    static T Of<T>(SortedDictionary<Value, T> map, Value key)
        where T : new()
    {
        if (!map.TryGetValue(key, out var value))
            map.Add(key, value = new());
        return value;
    }

    static Value ToValue(SortedDictionary<Value, Value> map) =>
        Value.Map([.. map.Select(pair => (pair.Key, pair.Value))]);
}
