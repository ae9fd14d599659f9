using System.Text.Json;

namespace Steelyard.App.Tests;

/// <summary>What a run counts while it runs is counted again from the lines of its history, by code that
/// knows nothing but the file.</summary>
public sealed class RequestCountTests
{
    [Theory]
    [InlineData("bank")]
    [InlineData("chat")]
    [InlineData("register", "--rate", "400")]
    [InlineData("register", "--replication", "quorum", "--r", "3", "--w", "1")]
    [InlineData("kv", "--replication", "primary-backup-sync")]
    [InlineData("payments")]
    [InlineData("orders")]
    [InlineData("inventory")]
    [InlineData("booking")]
    [InlineData("queue-consumer")]
    [InlineData("cart")]
    [InlineData("rate-limit")]
    [InlineData("presence")]
    [InlineData("web-tier")]
    public void What_was_due_sent_and_answered_is_what_the_history_tells(
        string design, params string[] options)
    {
        using var steelyard = new SteelyardProcess();

        var run = steelyard.Run(
            ["run", design, .. options, "--faults", "all", "--seed", "5", "--duration", "8s", "--out", "r"]);

        Assert.True(run.Code is 0 or 1 or 3, run.Error);
        var counted = new Recount(File.ReadLines(Path.Combine(steelyard.Folder, "r", "history.jsonl")));
        using var json = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(steelyard.Folder, "r", "result.json")));
        var told = json.RootElement.GetProperty("counters");
        Assert.Equal(counted.Due, told.GetProperty("requestsDue").GetInt64());
        Assert.Equal(counted.Sent, told.GetProperty("requestsSent").GetInt64());
        Assert.Equal(counted.Answered, told.GetProperty("requestsAnswered").GetInt64());
        Assert.Equal(counted.Sessions, told.GetProperty("sessions").GetInt64());
        // Poisson: five deviations about the stated rate of requests due; less only where clients held some
        // back.
        var stated = json.RootElement.GetProperty("ratePerSecond").GetDouble() * 8;
        var due = counted.Due + told.GetProperty("heldBack").GetInt64();
        Assert.InRange(due, stated - (5 * Math.Sqrt(stated)), stated + (5 * Math.Sqrt(stated)));
    }

    [Fact]
    public void A_run_that_is_interrupted_counts_what_was_waiting()
    {
        using var steelyard = new SteelyardProcess();

        steelyard.Run(
            "run", "register", "--rate", "400", "--seed", "0x1", "--stop-at-event", "60000", "--out", "r");

        var counted = new Recount(File.ReadLines(Path.Combine(steelyard.Folder, "r", "history.jsonl")));
        Assert.True(counted.Sent < counted.Due, $"{counted.Due} were due and all of them sent");
        using var json = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(steelyard.Folder, "r", "result.json")));
        Assert.Equal(
            (counted.Due, counted.Sent),
            (json.RootElement.GetProperty("counters").GetProperty("requestsDue").GetInt64(),
                json.RootElement.GetProperty("counters").GetProperty("requestsSent").GetInt64()));
    }

    sealed class Recount
    {
        readonly Dictionary<int, JsonElement> _open = [];

        public Recount(IEnumerable<string> lines)
        {
            var events = lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
            var end = events.Where(it => Word(it, "mark") == "load-end")
                .Select(it => it.GetProperty("time").GetInt64()).DefaultIfEmpty(long.MaxValue).Single();
            foreach (var it in events.Where(it => it.TryGetProperty("process", out var process)
                && process.ValueKind == JsonValueKind.Number))
                if (Word(it, "type") == "invoke")
                    Invoke(it, end);
                else
                    Complete(it);
        }

        public long Due { get; private set; }

        public long Sent { get; private set; }

        public long Answered { get; private set; }

        public long Sessions { get; private set; }

        void Invoke(JsonElement invoked, long end)
        {
            var due = (invoked.TryGetProperty("intended", out var intended)
                ? intended : invoked.GetProperty("time")).GetInt64();
            if (invoked.TryGetProperty("session", out _))
                Sessions++;
            else if (due < end)
            {
                Due++;
                Sent += invoked.TryGetProperty("sent", out _) ? 0 : 1;
                _open[invoked.GetProperty("process").GetInt32()] = invoked;
            }
        }

        void Complete(JsonElement completed)
        {
            var isRequest = _open.Remove(completed.GetProperty("process").GetInt32());
            var isAnswer = Word(completed, "type") == "ok"
                || (Word(completed, "type") == "fail" && Word(completed, "f") == "cas"
                    && !completed.TryGetProperty("error", out _));
            Answered += isRequest && isAnswer ? 1 : 0;
        }

        static string? Word(JsonElement it, string name) =>
            it.TryGetProperty(name, out var word) && word.ValueKind == JsonValueKind.String
                ? word.GetString() : null;
    }
}
