using Steelyard.Designs.AntiEntropy;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Chat;

/// <summary>
/// A chat app: what it cannot send it keeps, and sends again under the same id, to whichever server answers,
/// its own first. It carries the timestamps and contexts it has seen from server to server.
/// </summary>
/// <param name="world">Its world.</param>
/// <param name="queues">False gives up after one try (the mechanism removed).</param>
sealed class ChatClient(IClientWorld world, bool queues) : IHoldingClient
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan ParentPatience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan WithinSite = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan BetweenSites = TimeSpan.FromMilliseconds(400);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly HashSet<Value> _seen = [];
    readonly Dictionary<Value, Value> _contexts = [];
    HybridTime _latest;

    TimeSpan Now => world.Clock.GetElapsedTime(0);

    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        var context = invocation.Function == Functions.SetStatus
            ? _contexts.GetValueOrDefault(invocation.Key)
            : Value.Nil;
        var answer = await Ask(new(invocation.Command, _latest, context), invocation.Target, Patience);
        if (answer is not null)
        {
            Learn(invocation, answer);
            return Completion.Ok(answer.Output);
        }

        // A read that nobody answered surely changed nothing.
        return ChatFunctions.IsRead(invocation.Function)
            ? Completion.Fail("timeout")
            : Completion.Info("timeout");
    }

    public bool HoldsBack(in Invocation invocation)
    {
        // A user answers what stands on the screen: before the parent does, there is nothing to reply to.
        if (invocation.Function != Functions.Send)
            return false;
        var parent = invocation.Input["reply-to"];
        return !parent.IsNil && !_seen.Contains(parent);
    }

    // The app looks again for a while; later, other looks into the room may show it.
    public async ValueTask Prepare(Invocation invocation)
    {
        var look = new Invocation(Functions.ReadRoom, invocation.Key, Value.Nil);
        for (var start = Now; HoldsBack(invocation) && Now - start < ParentPatience;)
        {
            if (await Ask(new(look.Command, _latest, Value.Nil), null, ParentPatience) is { } answer)
                Learn(look, answer);
            if (HoldsBack(invocation))
                await world.Delay(Pause);
        }
    }

    async ValueTask<ChatAnswer?> Ask(ChatRequest request, NodeId? only, TimeSpan patience)
    {
        var targets = only is { } target ? [target] : Targets();
        var start = Now;
        for (var i = 0; Now - start < patience; i = (i + 1) % targets.Count)
        {
            var near = world.SiteOf(targets[i]) == world.SiteOf(world.Home);
            var reply = await world.Call(targets[i], request, near ? WithinSite : BetweenSites);
            if (reply is ChatAnswer answer)
                return answer;
            if (!queues && only is null)
                return null;
            if (i == targets.Count - 1)
                await world.Delay(Pause);
        }

        return null;
    }

    // Its own server first, then its neighbours, then the rest.
    List<NodeId> Targets()
    {
        var site = world.SiteOf(world.Home);
        return
        [
            world.Home,
            .. world.Nodes.Where(n => n != world.Home && world.SiteOf(n) == site),
            .. world.Nodes.Where(n => world.SiteOf(n) != site),
        ];
    }

    void Learn(Invocation invocation, ChatAnswer answer)
    {
        if (answer.At.CompareTo(_latest) > 0)
            _latest = answer.At;
        switch (invocation.Function)
        {
            case Functions.Send:
                _seen.Add(invocation.Input["id"]);
                break;
            case Functions.ReadRoom:
                foreach (var id in answer.Output.AsList)
                    _seen.Add(id);
                break;
            case Functions.GetStatus or Functions.SetStatus:
                _contexts[invocation.Key] = answer.Context;
                break;
        }
    }
}
