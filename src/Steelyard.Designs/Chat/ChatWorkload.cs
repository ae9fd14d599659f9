using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Chat;

/// <summary>
/// People who talk: messages (many of them replies to what a neighbour wrote a little before), looks into
/// rooms, statuses from several devices of a user, typing and read receipts.
/// </summary>
/// <param name="topology">Who stands where: one answers messages of one's own site.</param>
/// <param name="clients">How many clients share the final reads of replicas.</param>
sealed class ChatWorkload(Topology topology, int clients) : IWorkload
{
    // People answer what was said a moment ago; not the very last message, for it may still be on its way.
    const int ReplyAfter = 2;
    const int ReplyWithin = 30;

    static readonly string[] Rooms = ["lobby", "ops", "random"];
    static readonly string[] Users = ["ann", "bob", "cleo", "dan", "eve"];

    readonly List<(string Site, int Room, string Id)> _sent = [];
    readonly Dictionary<int, long> _versions = [];
    int _updates;

    public Invocation Next(in Turn turn)
    {
        var room = Rooms[turn.Random.Next(Rooms.Length)];
        // Shifted at each round, so that a user's devices stand beside different servers.
        Value user = Users[(turn.Client + (turn.Client / Users.Length)) % Users.Length];
        return turn.Random.Next(100) switch
        {
            < 40 => Send(turn, user),
            < 62 => new(Functions.ReadRoom, room, Value.Nil),
            < 74 => SetStatus(turn, user),
            < 84 => new(Functions.GetStatus, Users[turn.Random.Next(Users.Length)], Value.Nil),
            < 89 => new(ChatFunctions.Typing, room, user),
            < 92 => new(ChatFunctions.WhoTypes, room, Value.Nil),
            < 96 => new(ChatFunctions.MarkRead, room, user),
            _ => new(ChatFunctions.ReadReceipts, room, Value.Nil),
        };
    }

    Invocation Send(in Turn turn, Value user)
    {
        var site = topology.Nodes[turn.Home.Index].Site;
        var room = turn.Random.Next(Rooms.Length);
        var id = "m" + (_sent.Count + 1).ToString(CultureInfo.InvariantCulture);
        var parent = turn.Random.Chance(0.5) ? Parent(turn.Random, site, room) : null;
        _sent.Add((site, room, id));
        Value text = parent is null ? "hello" : "so I see";
        return new(Functions.Send, Rooms[room], parent is null
            ? Value.Map(("id", id), ("from", user), ("text", text))
            : Value.Map(("id", id), ("from", user), ("text", text), ("reply-to", parent)));
    }

    string? Parent(SeededRandom random, string site, int room)
    {
        var candidates = new List<string>();
        for (var i = Math.Max(0, _sent.Count - ReplyWithin); i < _sent.Count - ReplyAfter; i++)
            if (_sent[i].Site == site && _sent[i].Room == room)
                candidates.Add(_sent[i].Id);
        return candidates.Count == 0 ? null : random.Choose(candidates);
    }

    Invocation SetStatus(in Turn turn, Value user)
    {
        var version = _versions.GetValueOrDefault(turn.Client) + 1;
        _versions[turn.Client] = version;
        var number = (++_updates).ToString(CultureInfo.InvariantCulture);
        return new(Functions.SetStatus, user, Value.Map(
            ("id", "s" + number),
            ("status", $"{turn.Random.Choose(Presence.Words)} {number}"),
            ("device", FormattableString.Invariant($"device {turn.Client + 1}")),
            ("version", version)));
    }

    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        foreach (var room in Rooms)
            yield return new(Functions.ReadRoom, room, Value.Nil);
        foreach (var user in Users)
            yield return new(Functions.GetStatus, user, Value.Nil);
        for (var i = turn.Client; i < topology.Nodes.Count; i += clients)
            yield return new(Functions.ReplicaState, topology.Nodes[i].Name, Value.Nil, turn.Nodes[i]);
    }
}
