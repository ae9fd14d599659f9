using System.Net;
using System.Net.Http.Json;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Payments;

/// <summary>
/// A client as it should be: one key for one payment, sent again under the same key to one host or the other
/// until it is answered, though not for ever.
/// </summary>
internal sealed class PaymentsClient(
    IClientWorld world, IReadOnlyList<string> hosts, IReadOnlyList<string> payments,
    Action<Invocation> unanswered)
    : RetryingHttpClient(world, hosts, payments)
{
    /// <summary>Why an operation ended when its key was in progress to the last.</summary>
    public const string StillInFlight = "still in progress";

    string _last = NoAnswer;
    bool _mayHavePaid;

    /// <inheritdoc/>
    public override ValueTask<Completion> Invoke(Invocation invocation)
    {
        _mayHavePaid = false;
        return base.Invoke(invocation);
    }

    /// <inheritdoc/>
    protected override async Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation)
    {
        _last = NoAnswer;
        var isFirst = !_mayHavePaid;
        _mayHavePaid = true;
        var done = invocation.Function == Functions.ReplicaState
            ? await ReadLedger(server, cancellation)
            : await Pay(server, invocation.Input, cancellation);
        if (done is { Error: null })
            return done;
        // What is refused now may have been paid by an earlier attempt, or be paid by it yet.
        if (done is { Outcome: Outcome.Fail })
            return isFirst ? done : Completion.Info(done.Error!);
        _last = done.Error!;
        return null;
    }

    /// <inheritdoc/>
    protected override Completion GiveUp(Invocation invocation)
    {
        if (invocation.Function == PaymentsWorkload.Pay)
            unanswered(invocation);
        return Completion.Info(_last);
    }

    async Task<Completion> Pay(string host, Value payment, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{host}/payments");
        request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, $"\"key-{payment["id"].AsText}\"");
        request.Content = JsonContent.Create(new Payment(
            payment["id"].AsText, (int)payment["from"].AsInteger, (int)payment["to"].AsInteger,
            payment["amount"].AsInteger));
        using var answer = await Http.SendAsync(request, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.Created or HttpStatusCode.Accepted => Completion.Ok(Value.Nil),
            HttpStatusCode.PaymentRequired => Completion.Ok(Value.Of(false)),
            HttpStatusCode.Conflict => Completion.Info(StillInFlight),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity =>
                Completion.Fail($"refused: {(int)answer.StatusCode}"),
            var other => Completion.Info($"answered {(int)other}"),
        };
    }

    // A ledger that still has something to charge is no last word.
    async Task<Completion> ReadLedger(string host, CancellationToken cancellation)
    {
        var state = await Http.GetFromJsonAsync<LedgerState>($"http://{host}/ledger", cancellation);
        if (state is not { Pending: 0 })
            return Completion.Info("payments are still to be charged");
        Value[] applied = [.. state.Applied.Select(id => (Value)id)];
        return Completion.Ok(Value.Map(("applied", Value.List(applied))));
    }
}
