using System.Net.Http.Json;
using System.Net.WebSockets;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Designs.Presence.Devices;
using Steelyard.Services.Designs.Presence.Promises;
using Steelyard.Services.Designs.Presence.Variants;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Presence;

/// <summary>Users who come, stay for a while and go, some without a word, some over another network in
/// between; and others who look who is online.</summary>
/// <param name="users">How many users there are; clients beyond them only look.</param>
internal sealed class PresenceWorkload(int users) : IWorkload
{
    /// <summary>The function: a user is there for a while. Key:
    /// the user; output: the history of the device.</summary>
    public const string Stay = "stay";

    /// <summary>The function: who is online? Output: the users.</summary>
    public const string Look = "look";

    const double MovesShare = 0.3;
    const double VanishesShare = 0.5;
    const int ShortestMs = 5_000;
    const int LongestMs = 15_000;

    long _stays;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (turn.Client >= users)
            return new(Look, Value.Nil, Value.Nil);
        var lasts = turn.Random.Next(ShortestMs, LongestMs);
        var moves = turn.Random.Chance(MovesShare) ? (Value)turn.Random.Next(lasts) : Value.Nil;
        return new(Stay, turn.Client, Value.Map(
            ("stay", ++_stays), ("users", users), ("lasts", lasts), ("moves", moves),
            ("vanishes", Value.Of(turn.Random.Chance(VanishesShare))))) { IsSession = true };
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client >= users ? [new(Look, Value.Nil, Value.Nil)] : [];
}

/// <summary>
/// A user's device: connects, stays for a while, and connects again, to the next host, whenever it was cut
/// off. Every third has no WebSockets and polls. Those who only look ask once.
/// </summary>
internal sealed class PresenceClient(
    IClientWorld world, IReadOnlyList<string> hosts, PresenceVariant variant)
    : HttpServiceClient(world, hosts), IDevice
{
    const int AttemptsOfStay = 100_000;
    const int PollersAreOneIn = 3;

    /// <summary>How long a device waits at most before it tries again.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    static readonly TimeSpan LookPatience = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public TimeProvider Clock => World.Clock;

    /// <inheritdoc/>
    public HttpClient Requests => Http;

    /// <inheritdoc/>
    public Task<ClientWebSocket> OpenSocket(Uri address, CancellationToken cancellation) =>
        OpenWebSocket(address, cancellation);

    /// <inheritdoc/>
    public override async ValueTask<Completion> Invoke(Invocation invocation) =>
        invocation.Function == PresenceWorkload.Look ? await Look() : await Stay(Plan.Of(invocation));

    async Task<Completion> Look()
    {
        try
        {
            using var limit = After(LookPatience);
            var host = World.Random.Choose(PresenceScenario.Hosts);
            var online = await Http.GetFromJsonAsync<int[]>($"http://{host}/online", limit.Token);
            return Completion.Ok(Value.List([.. online!.Select(user => (Value)user)]));
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return Completion.Fail("no answer");
        }
    }

    async Task<Completion> Stay(Plan plan)
    {
        var history = new PresenceHistory(Clock);
        for (var attempt = 0; history.Elapsed < plan.Lasts; attempt++)
        {
            var wasCut = await Connect(plan, history, attempt);
            if (wasCut && variant.BacksOff)
                await World.Delay(Shorter(Pause(history.Failures), plan.Lasts - history.Elapsed));
        }

        return Completion.Ok(history.ToValue());
    }

    // True where it was refused or cut off; false where it went itself.
    async Task<bool> Connect(Plan plan, PresenceHistory history, int attempt)
    {
        using DeviceLink link = plan.User % PollersAreOneIn == 0
            ? new PollLink(this, history)
            : new SocketLink(this, history);
        var host = PresenceScenario.Hosts[(plan.User + attempt) % PresenceScenario.Hosts.Count];
        var visit = new Visit(host, (plan.Stay * AttemptsOfStay) + attempt, plan.User, plan.Users);
        var isMoving = plan.Moves is { } at && at > history.Elapsed;
        var stop = isMoving ? plan.Moves!.Value : plan.Lasts;
        var stayed = await link.Run(visit, Task.Delay(stop - history.Elapsed, Clock));
        history.Part();
        if (!stayed)
            return true;
        if (isMoving || plan.Vanishes)
            ChangeNetwork();
        else
            await Leave(link);
        return false;
    }

    static async Task Leave(DeviceLink link)
    {
        try
        {
            await link.Leave();
        }
        catch (Exception failure) when (failure is HttpRequestException or WebSocketException
            or OperationCanceledException or IOException)
        {
            // Then the host will find out by itself.
        }
    }

    // Full jitter: anything up to the limit that doubles each time, so that those who were cut off together
    // do not come back together.
    TimeSpan Pause(int failures) => World.Random.NextDouble()
        * Shorter(FirstPause * Math.Pow(2, failures), LongestPause);

    static TimeSpan Shorter(TimeSpan left, TimeSpan right) =>
        left > right ? right > TimeSpan.Zero ? right : TimeSpan.Zero : left;

    sealed record Plan(int User, int Users, long Stay, TimeSpan Lasts, TimeSpan? Moves, bool Vanishes)
    {
        public static Plan Of(Invocation invocation)
        {
            var input = invocation.Input;
            return new(
                (int)invocation.Key.AsInteger, (int)input["users"].AsInteger, input["stay"].AsInteger,
                Milliseconds(input["lasts"]), input["moves"].IsNil ? null : Milliseconds(input["moves"]),
                input["vanishes"].AsBoolean);
        }

        static TimeSpan Milliseconds(Value value) => TimeSpan.FromMilliseconds(value.AsInteger);
    }
}
