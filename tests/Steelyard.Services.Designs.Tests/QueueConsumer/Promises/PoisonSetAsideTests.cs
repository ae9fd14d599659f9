using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Designs.QueueConsumer.Promises;

namespace Steelyard.Services.Designs.Tests.QueueConsumer.Promises;

public sealed class PoisonSetAsideTests
{
    const string Sent = """
        0 invoke send {id: a}
        0 ok send
        0 invoke send-poison {id: b}
        0 ok send-poison
        1 invoke send-poison {id: c}
        1 info send-poison
        2 invoke replica-state
        """;

    [Theory]
    [InlineData("[b]", null)]
    [InlineData("[b, c]", null)]
    [InlineData("[]", "poison-at-large")]
    [InlineData("[a, b]", "wrongly-dead")]
    public void The_dead_letters_are_the_poison_messages(string dead, string? anomaly)
    {
        var verdict = new PoisonSetAside().Check(
            History.Parse($"{Sent}\n2 ok replica-state {{applied: [a], dead: {dead}}}"));

        Assert.Equal(anomaly, verdict.Anomalies.Select(found => found.Type).FirstOrDefault());
    }

    [Fact]
    public void Dead_letters_that_nobody_read_are_not_judged() =>
        Assert.Equal(Validity.Unknown, new PoisonSetAside().Check(History.Parse(Sent)).Validity);
}
