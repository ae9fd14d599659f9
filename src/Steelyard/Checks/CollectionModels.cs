using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>Collections and locks: what the histories of concurrent objects are of.</summary>
internal static class CollectionModels
{
    public static IReadOnlyList<HistoryModel> All { get; } =
    [
        Of("mutex", "acquire and release", KnownModels.Mutex()) with { InOurWords = WithPlainPermits },
        Of("owner-aware-mutex", "acquire and release, which only the holder may",
            KnownModels.OwnerAwareMutex()) with { InOurWords = WithPlainPermits },
        Reentrant("reentrant-mutex", "the same, and the holder may acquire it twice",
            KnownModels.ReentrantMutex) with { InOurWords = WithPlainPermits },
        Reentrant("reentrant-fenced-mutex", "the same, each acquire with a token of its holder",
            KnownModels.ReentrantFencedMutex),
        new("semaphore", "incr and decr, or acquire and release; a decr that returns 0 found none",
            request => [new Linearizable(Semaphore(request))])
        {
            TakesInitial = true, InOurWords = WithPlainPermits, Order = OrderUse.Constrains,
        },
        Of("collection-set", "insert, remove and contains, which tell; read", KnownModels.Set()) with
        {
            InOurWords = static history => PlainAnswers.WithoutEchoes(history, "insert", "add", "remove"),
        },
        Of("queue", "enqueue, dequeue and peek", KnownModels.Queue()),
        Of("stack", "push, pop and peek", KnownModels.Stack()),
        Of("priority-queue", "insert, take-min, take-max and peeks", KnownModels.PriorityQueue()),
        Of("rmw", "rmw: writes its input, returns what it replaces; read and write", KnownModels.Rmw(0)),
    ];

    /// <summary>The name of the model that a file says it is a history of; null when it names none of
    /// ours.</summary>
    public static string? NameOf(string? fileObject)
    {
        const string mark = "atomic-";
        var bare = fileObject?.StartsWith(mark, StringComparison.Ordinal) == true
            ? fileObject[mark.Length..]
            : fileObject;
        var name = bare switch
        {
            "priorityqueue" => "priority-queue",
            "set" => "collection-set",
            _ => bare,
        };
        return All.FirstOrDefault(model => model.Name == name)?.Name;
    }

    static History WithPlainPermits(History history) =>
        PlainAnswers.WithoutEchoes(history, "acquire", "release", "decr", "incr");

    static HistoryModel Of(string name, string summary, Model model) =>
        new(name, summary, _ => [new Linearizable(model)]) { Order = OrderUse.Constrains };

    static HistoryModel Reentrant(string name, string summary, Func<int, Model> model) =>
        new(name, summary, request => [new Linearizable(model(Limit(name, request.Initial)))])
        {
            TakesInitial = true, Order = OrderUse.Constrains,
        };

    static int Limit(string name, Value initial)
    {
        if (initial.IsNil)
            return KnownModels.UsualHolds;
        return initial["limit"] is { IsInteger: true, AsInteger: > 0 and <= int.MaxValue } limit
            ? (int)limit.AsInteger
            : throw new UserMistakeException(
                $"--initial: expected {{limit: n}} with {name}, found {initial}");
    }

    // One that is only raised and lowered starts at nothing, as semaphores do; one that is held starts free.
    static Model Semaphore(ModelRequest request)
    {
        if (request.Initial.IsNil)
            return request.History.Operations.Any(operation => operation.Function is "acquire" or "release")
                ? KnownModels.Semaphore(1)
                : KnownModels.CountingSemaphore(0);
        var (free, permits) = (request.Initial["free"], request.Initial["permits"]);
        if (free.IsInteger && free.AsInteger >= 0)
            return KnownModels.CountingSemaphore(free.AsInteger);
        if (permits.IsInteger && permits.AsInteger is > 0 and <= int.MaxValue)
            return KnownModels.Semaphore((int)permits.AsInteger);
        throw new UserMistakeException(
            $"--initial: expected {{free: n}} or {{permits: n}} with semaphore, found {request.Initial}");
    }
}
