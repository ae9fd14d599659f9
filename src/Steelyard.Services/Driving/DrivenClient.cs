using System.Data.Common;
using System.Text;
using Steelyard.Histories;
using Steelyard.Services.Clients;
using Steelyard.Services.Hosting;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Driving;

/// <summary>Sends the requests of a load, and says no more of how they ended than a client can
/// know.</summary>
internal sealed class DrivenClient(IClientWorld world, IReadOnlyList<string> hosts, DrivenKinds kinds)
    : HttpServiceClient(world, hosts)
{
    const string NoAnswer = "no answer";
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(640);
    static readonly TimeSpan RowsPatience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override ValueTask<Completion> Invoke(Invocation invocation) => invocation switch
    {
        { Function: ServedCalls.Function } => new(Completion.Ok(ServedCalls.Of(invocation.Key.AsText))),
        { Function: Functions.ReplicaState } when !invocation.Input[DrivenWorkload.Sql].IsNil =>
            new(Rows(invocation.Input)),
        { Function: Functions.ReplicaState } => new(Ask(
            kinds.Of(invocation.Input[DrivenWorkload.Kind].AsText), invocation.Input)),
        _ => new(Ask(kinds.Of(invocation.Function), invocation.Input)),
    };

    async Task<Completion> Ask(DrivenKind kind, Value input)
    {
        var (isSure, error, pause) = (true, NoAnswer, kind.Example.Pause ?? FirstPause);
        for (var attempt = 0; attempt <= kind.Example.Repeats; attempt++)
        {
            if (attempt > 0)
                await World.Delay(pause);
            if (attempt > 0 && kind.Example.Pause is null)
                pause = pause < LongestPause ? pause * 2 : LongestPause;
            var answer = await Send(kind, kind.Hosts[(World.Process + attempt) % kind.Hosts.Count],
                input[DrivenWorkload.Sent]);
            if (answer.IsOk && Output(kind, answer) is { } output)
                return Completion.Ok(output);
            if (kind.Example.Refusals.Contains(answer.Status) && isSure)
                return Completion.Ok(Value.Of(false));
            error = answer.Told;
            // What was done by an attempt that nobody answered, no later answer takes back.
            isSure &= answer.IsSureOfNothing;
            if (!answer.MayBeRepeated(kind.Example.HasIdempotencyKey))
                break;
        }

        return isSure || kind.IsRead ? Completion.Fail(error) : Completion.Info(error);
    }

    async Task<DrivenAnswer> Send(DrivenKind kind, string host, Value sent)
    {
        using var limit = After(kind.Example.Limit);
        using var request = new HttpRequestMessage(
            kind.Example.Method!, $"http://{host}{sent[DrivenWorkload.Path].AsText}");
        if (!sent[DrivenWorkload.Body].IsNil)
            request.Content = new StringContent(
                sent[DrivenWorkload.Body].AsText, Encoding.UTF8, kind.Example.BodyKind);
        if (!sent[DrivenWorkload.Headers].IsNil)
            foreach (var (name, value) in sent[DrivenWorkload.Headers].AsMap)
                request.Headers.TryAddWithoutValidation(name.AsText, value.AsText);
        try
        {
            using var answer = await Http.SendAsync(request, limit.Token);
            return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(limit.Token));
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError is HttpRequestError.ConnectionError
                ? DrivenAnswer.NotConnected
                : DrivenAnswer.None;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            return DrivenAnswer.None;
        }
    }

    static Value? Output(DrivenKind kind, DrivenAnswer answer)
    {
        if (kind.Example.ListsApplied)
            return JsonValues.Ids(answer.Body, kind.Example.ReadPath) is { } ids
                ? Value.Map(("applied", Value.List(ids)))
                : null;
        return kind.Example.ReadsAnswer ? JsonValues.Read(answer.Body, kind.Example.ReadPath) : Value.Nil;
    }

    async Task<Completion> Rows(Value input)
    {
        using var limit = After(RowsPatience);
        try
        {
            var ids = await DrivenRows.Read(
                Database(input[DrivenWorkload.Source].AsText), input[DrivenWorkload.Sql].AsText, limit.Token);
            return Completion.Ok(Value.Map(("applied", Value.List([.. ids.Select(id => (Value)id)]))));
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException or IOException)
        {
            return Completion.Fail(failure.Message);
        }
    }
}

/// <summary>What came back of a request.</summary>
/// <param name="Status">Its status; 0 is nothing.</param>
/// <param name="Body">Its body.</param>
internal sealed record DrivenAnswer(int Status, string Body)
{
    /// <summary>Nobody answered: whether it was done, nobody knows.</summary>
    public static DrivenAnswer None { get; } = new(0, "");

    /// <summary>Nobody was there to send it to.</summary>
    public static DrivenAnswer NotConnected { get; } = new(0, "") { IsSureOfNothing = true };

    /// <summary>Done.</summary>
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>Whether the service says that it did nothing.</summary>
    public bool IsSureOfNothing { get; private init; } = Status is >= 400 and < 500;

    /// <summary>Why it did not end Ok.</summary>
    public string Told => Status > 0 ? FormattableString.Invariant($"answered {Status}")
        : IsSureOfNothing ? "no connection" : "no answer";

    /// <summary>Whether a later attempt may be answered otherwise.</summary>
    /// <param name="hasKey">With an idempotency key a conflict is one of the own attempts, under way.</param>
    public bool MayBeRepeated(bool hasKey) =>
        Status is 0 or 408 or 425 or 429 or >= 500 || (Status == 409 && hasKey);
}
