using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.QueueConsumer;

public sealed class QueueConsumerTests
{
    [Fact]
    public void A_message_noted_with_its_effect_takes_effect_once() =>
        ServicesTest.Run<DedupWithEffect>(1..Broken.Seeds);

    [Fact]
    public void A_message_acknowledged_before_its_effect_is_lost() =>
        Broken.At<AckBeforeEffect>(1, "exactly-once");

    [Fact]
    public void A_message_that_nobody_notes_takes_effect_twice() =>
        Broken.At<NoDedup>(1, "exactly-once");

    [Fact]
    public void A_message_noted_in_memory_takes_effect_twice() =>
        Broken.At<DedupInMemory>(1, "exactly-once");

    [Fact]
    public void Poison_that_is_never_set_aside_blocks_the_queue() =>
        Broken.At<NoDeadLetter>(1, "exactly-once");
}
