using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments.Api;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Payments;

/// <summary>
/// Payments, each with a key of its own. At the end the last client asks once more for those that were never
/// answered, since after the heal nothing may keep them from an answer, and then it reads the ledger.
/// </summary>
/// <param name="clients">How many clients there are.</param>
internal sealed class PaymentsWorkload(int clients) : IWorkload
{
    /// <summary>The function: one payment.</summary>
    public const string Pay = "pay";

    const int LeastCents = 100;
    const int MostCents = 2_000;

    // Asking in vain takes seconds, which live are seconds; more of the same says no more.
    const int MostAskedInVain = 3;

    readonly List<Invocation> _unanswered = [];
    int _payments;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var id = "p" + (++_payments).ToString(CultureInfo.InvariantCulture);
        return new(Pay, Value.Nil, Value.Map(
            ("id", id), ("from", 1 + turn.Random.Next(Ledger.Accounts)), ("to", 0),
            ("amount", turn.Random.Next(LeastCents, MostCents + 1))));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        if (turn.Client != clients - 1)
            yield break;
        var left = _unanswered.ToList();
        foreach (var payment in left)
        {
            yield return payment;
            if (_unanswered.Count - left.Count == MostAskedInVain)
                break;
        }

        yield return new(Functions.ReplicaState, "ledger", Value.Nil);
    }

    /// <summary>A client was never answered.</summary>
    public void NoteUnanswered(Invocation payment) => _unanswered.Add(payment);
}

/// <summary>
/// A client as it should be: one key for one payment, sent again under the same key to one host or the other
/// until it is answered, though not for ever.
/// </summary>
internal sealed class PaymentsClient(
    IClientWorld world, IReadOnlyList<string> hosts, Action<Invocation> unanswered)
    : RetryingHttpClient(world, hosts, PaymentsScenario.Hosts)
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
        return Completion.Ok(Value.Map(("applied", ListOf(state.Applied))));
    }
}
