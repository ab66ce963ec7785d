"""Graphs: the random DAGs the kernel's benchmarks run."""

import random

from arkwright.core.json import Json, ref
from arkwright.core.task import Resources, Task


def random_tasks(
    count: int, *, seed: int, tool: str, seconds: tuple[float, float] = (0.0, 0.0), idempotent: bool = True
) -> tuple[Task, ...]:
    """`count` tasks, each needing 1 to 5 of the 60 before it and referring to what they return.

    `seconds` bounds the duration: four in five are near the lower end, the others anywhere. It is the argument `seconds`.
    """
    dice = random.Random(seed)
    tasks: list[Task] = []
    for number in range(count):
        pool = range(max(0, number - 60), number)
        needs = [f"t{chosen}" for chosen in sorted(dice.sample(pool, min(len(pool), dice.randint(1, 5))))]
        low, high = seconds
        duration = dice.uniform(low, low + (high - low) / 10) if dice.random() < 0.8 else dice.uniform(low, high)
        inputs: list[Json] = [ref(need) for need in needs]
        args: dict[str, Json] = {"name": f"t{number}", "inputs": inputs, "seconds": duration}
        resources = Resources(seconds=duration, cpus=0.0, memory=0)
        tasks.append(Task(f"t{number}", f"task {number}", tool, args, tuple(needs), resources=resources, idempotent=idempotent))
    return tuple(tasks)
